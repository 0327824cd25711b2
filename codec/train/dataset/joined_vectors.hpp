// Distinct vectors as weighted vectors in training space, in Morton order, those with equal coordinates joined.
#pragma once

#include <cstdint>
#include <vector>

#include "distinct_vectors.hpp"
#include "parallel.hpp"
#include "training_space.hpp"
#include "vector_set.hpp"

namespace vqi::detail {

/// Dimensions up to which a Morton order helps nearest-codeword search; above, order only serves to find equals.
inline constexpr std::uint32_t morton_dimensions_max = 6;

struct JoinedVectors {
  VectorSet vectors;
  std::vector<std::uint32_t> vector_of;       ///< of each distinct vector; empty where none is joined to another
  std::vector<std::uint32_t> representative;  ///< of each vector: its distinct vector with the highest count; likewise
};

/// Cost O(n log n) for n distinct vectors that must be sorted, else O(n).
[[nodiscard]] JoinedVectors join_vectors(const DistinctVectors& distinct, const TrainingSpace& space,
                                         const ThreadPool& pool);

}  // namespace vqi::detail
