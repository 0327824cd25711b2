// gaussian_window: the weights of the Gaussian of 11 pixels that SSIM and blurred errors look through.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace vqi::detail {

inline constexpr std::uint32_t window_radius_px = 5;
inline constexpr double window_sigma_px = 1.5;

/// Weights by distance from the centre, rounded to multiples of 2^-24 so that the window of 11 sums to exactly 1: an
/// excess would appear in SSIM as a false variance, times the square of the mean.
using WindowWeights = std::array<float, window_radius_px + 1>;

[[nodiscard]] inline WindowWeights gaussian_window() noexcept {
  std::array<double, window_radius_px + 1> exact{};
  double sum = 0;
  for (std::size_t distance = 0; distance <= window_radius_px; ++distance) {
    exact[distance] = std::exp(-0.5 * static_cast<double>(distance * distance) / (window_sigma_px * window_sigma_px));
    sum += (distance == 0 ? 1 : 2) * exact[distance];
  }
  constexpr double unit = 1.0 / (1 << 24);
  WindowWeights weights{};
  double centre = 1;
  for (std::size_t distance = 1; distance <= window_radius_px; ++distance) {
    const double weight = std::round(exact[distance] / sum / unit) * unit;
    weights[distance] = static_cast<float>(weight);
    centre -= 2 * weight;
  }
  weights[0] = static_cast<float>(centre);
  return weights;
}

}  // namespace vqi::detail
