// AdaptivePrediction: a linear prediction of the next codeword's point whose weights learn (FORMAT.md, "Adaptive
// prediction").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "codeword_points.hpp"

namespace vqi::detail {

/// Normalised least mean squares: each coordinate is that of a base point plus the weighted differences of all
/// coordinates of the neighbours from the base point.
struct AdaptivePrediction {
  static constexpr std::size_t neighbour_count = 12;
  static constexpr std::size_t count = neighbour_count * point_dimension_max;
  /// Weights are in 2^-20. 48 products of a weight >> 8 and a difference of 13 bits stay in 32 bits.
  static constexpr std::int32_t weight_limit = 1 << 21;
  using Neighbours = std::array<const Point*, neighbour_count>;

  explicit AdaptivePrediction(std::size_t coordinate_count) : coordinates(coordinate_count) {}

  /// A weight moves by this step times its difference / 2^12. The product stays below 2^29, since norm is at least the
  /// square of each difference.
  [[nodiscard]] std::int32_t step(std::int32_t error) const noexcept {
    constexpr std::int64_t rate = std::int64_t{12} << 22;
    constexpr std::int64_t floor = 36 * 4096;  // so that small differences do not move weights far
    return static_cast<std::int32_t>(error * rate / (norm + floor));
  }

  std::size_t coordinates;  ///< of a codeword: the number in use, 1 .. 4
  alignas(64) std::array<std::array<std::int32_t, count>, point_dimension_max> weights{};
  alignas(64) std::array<std::int32_t, count> differences{};
  std::int32_t norm = 0;
  Point predicted{};
};

}  // namespace vqi::detail
