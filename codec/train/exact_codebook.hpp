// Codebooks without training, for images whose visible vectors all fit into K.
#pragma once

#include <cstdint>
#include <vector>

#include "dataset.hpp"
#include "distinct_vectors.hpp"
#include "sample_array.hpp"

namespace vqi::detail {

/// A codebook as it is stored, with the index of each distinct vector.
struct IndexedCodebook {
  SampleArray codewords;                ///< pairwise distinct
  std::vector<std::uint16_t> index_of;  ///< for each distinct vector: its codeword
};

/// Every distinct vector is a codeword; there are at most 65,536.
[[nodiscard]] IndexedCodebook exact_codebook(const VectorCounts& distinct);

/// For a dataset of at most k training vectors but more than k distinct ones, which differ only in colours under
/// transparent pixels. Each training vector has a codeword; the other codewords go to the most frequent of the
/// remaining distinct vectors.
[[nodiscard]] IndexedCodebook visibly_exact_codebook(const Dataset& dataset, std::uint32_t k);

}  // namespace vqi::detail
