// An order of vectors in which blocks have small bounding boxes.
#pragma once

#include <cstdint>
#include <vector>

#include "parallel.hpp"
#include "vector_set.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {

/// The numbers of the vectors of `set`, which has at most 6 dimensions, in an order in which the boxes of
/// many_box_levels are nodes of a k-d tree: ranges are halved recursively across their widest side (J. Friedman, J.
/// Bentley and R. Finkel, "An algorithm for finding best matches in logarithmic expected time", ACM Trans. Mathematical
/// Software 3(3), 1977). In Morton order many blocks straddle the border of two large cubes, which makes their boxes
/// large. The set's order of ranges of 65,536 vectors is kept. Cost O(n log n).
[[nodiscard]] std::vector<std::uint32_t> order_for_boxes(const VectorSet& set, const ThreadPool& pool);

/// A copy of `set` in another order. Throws what `pulse` throws.
[[nodiscard]] VectorSet reordered(const VectorSet& set, const std::vector<std::uint32_t>& order, WorkPulse pulse = {});

}  // namespace vqi::detail
