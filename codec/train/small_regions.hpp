// small_region_codewords: colours that a codebook of least mean error would lose, since few pixels have them.
#pragma once

#include <cstddef>

#include "codeword_table.hpp"
#include "dataset.hpp"
#include "sample_array.hpp"

namespace vqi::detail {

/// At most `count_max` codewords for what is far from all of `codewords`. Candidates are the means of the cubes of 1/16
/// of each axis a side with at least 1/65536 of all pixels, and four of them. The farthest from every codeword, and
/// from those chosen before, is chosen next, as long as it is farther than 1/16 of an axis and than three times the
/// root mean squared distance of all vectors. Of equally far ones the first in the order of the cubes.
[[nodiscard]] SampleArray small_region_codewords(const Dataset& dataset, const FixedCodewords& codewords,
                                                 std::size_t count_max);

}  // namespace vqi::detail
