// StoredCodebook: trained codewords as a file stores them, rounded, pairwise distinct and each used.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "codeword_table.hpp"
#include "dataset.hpp"
#include "distinct_vectors.hpp"
#include "effort.hpp"
#include "integer.hpp"
#include "sample_array.hpp"
#include "training_space.hpp"
#include "work.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {

/// A codebook at the image's bit depth, and the nearest of its codewords for each training vector.
struct StoredCodebook {
  SampleArray codewords;
  std::vector<std::uint16_t> indices;  ///< for each training vector; may be longer than the dataset
  int128 objective = 0;                ///< 2^2F J
};

/// Pins alpha (see PinnedAlpha), rounds `trained` to samples and assigns every training vector to the rounded
/// codewords. Codewords that rounding made equal, or that are nearest to no vector, are replaced by the vectors with
/// the largest error. Then follows what `plan` asks for. The dataset has more training vectors than there are
/// codewords. The rows of `given` are the first codewords as they are, used or not. Throws Error{cancelled}.
[[nodiscard]] StoredCodebook store_codebook(const FixedCodewords& trained, const Dataset& dataset,
                                            const StoringPlan& plan, const Work& work, const SampleArray& given = {});

/// The coordinates of codewords that are given in samples.
[[nodiscard]] FixedCodewords coordinates_of(const SampleArray& codewords, const TrainingSpace& space);

/// Codewords that are given, as they are, and the nearest one for each training vector.
[[nodiscard]] StoredCodebook assign_given(const SampleArray& codewords, const Dataset& dataset);

/// Gives each fully transparent pixel of a codeword, whose colour is free, the mean colour of that pixel over the
/// distinct vectors of its cell. This lowers the distortion of the samples as they are, not premultiplied, and changes
/// nothing that is seen. `index_of` has the codeword of each distinct vector; the last of `channels` is alpha.
/// Codewords before number `first` stay as they are.
void fill_hidden_colours(const VectorCounts& distinct, std::span<const std::uint16_t> index_of, std::uint32_t channels,
                         SampleArray& codewords, WorkPulse pulse = {}, std::size_t first = 0);

}  // namespace vqi::detail
