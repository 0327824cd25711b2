// The optimal cells of weighted single numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "work_pulse.hpp"

namespace vqi::detail {

/// The optimal k cells of single numbers, by dynamic programming. Optimal cells are intervals, so the least distortion
/// of the first i values with k codewords is the minimum over j < i of the least distortion of the first j values with
/// k - 1 codewords plus the distortion of the values between. After X. Wu, "Optimal quantization by matrix searching",
/// J. Algorithms 12(4), 1991; here by divide and conquer, which the quadrangle inequality of the cost allows.
///
/// `values` are ascending, at least k of them. Codewords are integers, the rounded means, so the result is optimal
/// among the codebooks that can be stored. Returns the k + 1 bounds of the cells: cell i holds the values bounds[i] ..
/// bounds[i + 1] - 1. Cost: O(k n log n) time, 4 k n bytes.
[[nodiscard]] std::vector<std::uint32_t> optimal_intervals(std::span<const std::uint32_t> values,
                                                           std::span<const std::uint64_t> weights, std::uint32_t k,
                                                           WorkPulse pulse = {});

/// The integer nearest to the weighted mean of values begin .. end - 1.
[[nodiscard]] std::uint32_t rounded_mean(std::span<const std::uint32_t> values, std::span<const std::uint64_t> weights,
                                         std::size_t begin, std::size_t end);

}  // namespace vqi::detail
