// MergedPoints: equal points as one with their weights together. Pixels have few colours and many of each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vqi::python {

/// Points of which no two are equal, in lexicographic order: the order in which they were given does not matter.
struct MergedPoints {
  std::vector<double> values;         ///< (m, d)
  std::vector<double> weights;        ///< (m)
  std::vector<std::uint32_t> source;  ///< (n): the number of each point here
};

/// Merges n points of `dimension` numbers, with `weights` or each of weight 1. n is below 2^32. Numbers that compare
/// equal are equal: 0 and -0 too. Cost: O(n d + m log m).
[[nodiscard]] MergedPoints merge_points(std::span<const double> values, std::size_t dimension,
                                        std::span<const double> weights);

}  // namespace vqi::python
