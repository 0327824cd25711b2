// The optimal codebook of single numbers, by dynamic programming.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vqi::detail {

/// Codebooks of numbers need no k-means: optimal cells are intervals, so the least distortion of the
/// first i values with k codewords is min over j of that of the first j with k - 1 plus the cost of
/// the values between. X. Wu, "Optimal quantization by matrix searching", J. Algorithms 12(4), 1991;
/// here by divide and conquer, which the cost's quadrangle inequality allows.
///
/// `values` ascend and are at least k; codewords are integers (the rounded means), so the result is
/// optimal among the codebooks that can be stored. Returns the k + 1 bounds of the cells: cell i
/// holds the values bounds[i] .. bounds[i + 1] - 1. Cost: O(k n log n) time, O(k n) bytes * 4.
[[nodiscard]] std::vector<std::uint32_t> optimal_intervals(std::span<const std::uint32_t> values,
                                                           std::span<const std::uint64_t> weights, std::uint32_t k);

/// The integer nearest to the weighted mean of values begin .. end - 1.
[[nodiscard]] std::uint32_t rounded_mean(std::span<const std::uint32_t> values, std::span<const std::uint64_t> weights,
                                         std::size_t begin, std::size_t end);

}  // namespace vqi::detail
