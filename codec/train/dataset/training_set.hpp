// TrainingSet: distinct vectors as weighted points in training space, in an order that search likes.
#pragma once

#include <cstdint>
#include <vector>

#include "distinct_vectors.hpp"
#include "training_space.hpp"
#include "vector_set.hpp"

namespace vqi::detail {

/// Dimensions up to which a Morton order helps search; above, order only serves to find equals.
inline constexpr std::uint32_t morton_dimensions_max = 6;

/// Distinct vectors that have the same coordinates (different colours under transparent pixels)
/// are one point here.
struct TrainingSet {
  VectorSet points;
  std::vector<std::uint32_t> point_of;        ///< of each distinct vector; empty where each is a point of its own
  std::vector<std::uint32_t> representative;  ///< of each point: its distinct vector with the highest count; likewise

  [[nodiscard]] bool joined() const noexcept { return !point_of.empty(); }

  [[nodiscard]] static TrainingSet make(const DistinctVectors& distinct, const TrainingSpace& space,
                                        const ThreadPool& pool);
};

}  // namespace vqi::detail
