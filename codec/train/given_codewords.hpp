// Codewords that the caller gives: all of them, or some around which the rest is learned.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "block_grid.hpp"
#include "dataset.hpp"
#include "exact_codebook.hpp"
#include "sample_array.hpp"
#include "vqi/options.hpp"

namespace vqi::detail {

/// Colours as codewords of one pixel each, in the type of an image. Throws Error{invalid_option} for a colour that the
/// type does not hold: one that is not grey, or not opaque.
[[nodiscard]] SampleArray codewords_of_colours(std::span<const Colour> colours, const BlockGrid& grid);

/// The rows of both, one after the other. Either may be empty.
[[nodiscard]] SampleArray joined_rows(const SampleArray& first, const SampleArray& second);

/// `codewords` with the index of the nearest for each distinct vector. A distinct vector that is a codeword gets it,
/// also where only hidden colours tell codewords apart.
[[nodiscard]] IndexedCodebook use_given(SampleArray codewords, const Dataset& dataset);

/// `fixed`, and after them the distinct vectors that are none of them, if all fit into k: what can be seen of the
/// dataset is then exact.
[[nodiscard]] std::optional<IndexedCodebook> exact_around(const SampleArray& fixed, const Dataset& dataset,
                                                          std::uint32_t k);

}  // namespace vqi::detail
