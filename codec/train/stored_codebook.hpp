// From trained codewords to the codebook that is stored: rounded, pairwise distinct, every one in use.
#pragma once

#include <cstdint>
#include <vector>

#include "distinct_vectors.hpp"
#include "nearest_search.hpp"
#include "sample_array.hpp"
#include "training_set.hpp"
#include "training_space.hpp"

namespace vqi::detail {

/// Codewords rounded to samples.
struct RoundedCodebook {
  SampleArray codewords;
  FixedCodewords fixed;  ///< the same as training coordinates
};

[[nodiscard]] RoundedCodebook round_codebook(const FixedCodewords& trained, const TrainingSpace& space,
                                             std::uint32_t fraction_bits);

/// A codebook at the image's depth, and the nearest of its codewords for each point of the set.
struct StoredCodebook {
  SampleArray codewords;
  std::vector<std::uint16_t> indices;  ///< search.padded_size() entries
};

/// Rounds `trained` to samples and assigns every point to the rounded codewords. Codewords that
/// rounding made equal, or that no point is nearest to, are replaced by the points served worst.
/// The set has more distinct points than there are codewords.
[[nodiscard]] StoredCodebook store_codebook(const FixedCodewords& trained, const TrainingSet& set,
                                            const TrainingSpace& space, const DistinctVectors& distinct,
                                            const NearestSearch& search);

/// Where a stored pixel is fully transparent its colour is free: gives it the mean colour of the
/// vectors in its cell, which lowers the straight distortion and changes nothing that is seen.
void fill_hidden_colours(const DistinctVectors& distinct, std::span<const std::uint16_t> index_of,
                         std::uint32_t channels, SampleArray& codewords);

}  // namespace vqi::detail
