// From trained codewords to the codebook that is stored: rounded, pairwise distinct, every one in use.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "codeword_table.hpp"
#include "dataset.hpp"
#include "distinct_vectors.hpp"
#include "sample_array.hpp"

namespace vqi::detail {

/// A codebook at the image's depth, and the nearest of its codewords for each training vector.
struct StoredCodebook {
  SampleArray codewords;
  std::vector<std::uint16_t> indices;  ///< may be longer than the dataset
};

/// Rounds `trained` to samples and assigns every training vector to the rounded codewords. Codewords that rounding made
/// equal, or that no vector is nearest to, are replaced by the vectors served worst. The dataset has more vectors than
/// there are codewords.
[[nodiscard]] StoredCodebook store_codebook(const FixedCodewords& trained, const Dataset& dataset);

/// Where a stored pixel is fully transparent its colour is free: gives it the mean colour of the
/// vectors in its cell, which lowers the straight distortion and changes nothing that is seen.
void fill_hidden_colours(const DistinctVectors& distinct, std::span<const std::uint16_t> index_of,
                         std::uint32_t channels, SampleArray& codewords);

}  // namespace vqi::detail
