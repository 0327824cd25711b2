// JoinedVectors: distinct vectors in training space, equal ones joined, in Morton order if they have few samples.
#pragma once

#include <cstdint>
#include <vector>

#include "distinct_vectors.hpp"
#include "parallel.hpp"
#include "training_space.hpp"
#include "vector_set.hpp"

namespace vqi::detail {

/// Up to this many samples Morton order helps nearest-codeword search; above, vectors are sorted only to find equals.
inline constexpr std::uint32_t morton_dimensions_max = 6;

/// Training vectors and the distinct vectors that they stand for.
struct JoinedVectors {
  VectorSet vectors;
  /// For each distinct vector its vector; empty if none are joined.
  std::vector<std::uint32_t> vector_of;
  /// For each vector its most frequent distinct vector; empty if none are joined.
  std::vector<std::uint32_t> representative;
};

/// Makes training vectors from distinct ones. Cost O(n log n) for n distinct vectors if they must be sorted, else O(n).
[[nodiscard]] JoinedVectors join_vectors(const VectorCounts& distinct, const TrainingSpace& space,
                                         const ThreadPool& pool);

}  // namespace vqi::detail
