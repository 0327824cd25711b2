// An order of vectors in which blocks have small bounding boxes.
#pragma once

#include <cstdint>
#include <vector>

#include "parallel.hpp"
#include "vector_set.hpp"

namespace vqi::detail {

/// The vectors of `set`, of at most 6 dimensions, in an order in which the boxes of many_box_levels are cells of a k-d
/// tree: ranges of the set's own order are halved across their widest side again and again (Friedman, Bentley and
/// Finkel 1977). Blocks of Morton order straddle large cubes, and their boxes are as large. Cost O(n log n) within
/// ranges of 65,536 vectors, beyond which the set's own order is kept.
[[nodiscard]] std::vector<std::uint32_t> order_for_boxes(const VectorSet& set, const ThreadPool& pool);

/// The vectors of `set` in another order.
[[nodiscard]] VectorSet reordered(const VectorSet& set, const std::vector<std::uint32_t>& order);

}  // namespace vqi::detail
