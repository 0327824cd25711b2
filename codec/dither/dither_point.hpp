// DitherPoint: a colour as dithering sees it, and the reading of rows of them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "premultiply.hpp"
#include "sample_array.hpp"
#include "vqi/image.hpp"

namespace vqi::detail {

/// The samples of a pixel or of a codeword, colours multiplied by alpha as in training; alpha is the last of the
/// channels. Coordinates above the number of channels are 0.
using DitherPoint = std::array<std::int32_t, 4>;

/// The point of the pixel whose samples begin at `pixel`.
[[nodiscard]] inline DitherPoint dither_point(const std::byte* pixel, std::uint32_t channels,
                                              std::uint32_t bit_depth) noexcept {
  const std::uint32_t max_value = bit_depth == 16 ? 65535U : 255U;
  DitherPoint point{};
  for (std::uint32_t c = 0; c < channels; ++c) point[c] = static_cast<std::int32_t>(load_sample(pixel, c, bit_depth));
  if (channels % 2 == 1) return point;
  const auto alpha = static_cast<std::uint32_t>(point[channels - 1]);
  if (alpha == max_value) return point;
  for (std::uint32_t c = 0; c + 1 < channels; ++c)
    point[c] = static_cast<std::int32_t>(premultiply(static_cast<std::uint32_t>(point[c]), alpha, max_value));
  return point;
}

/// Writes the points of row `y` of `image`, one for each of its pixels.
inline void read_points(const ImageView& image, std::uint32_t y, std::span<DitherPoint> points) noexcept {
  const std::byte* pixel = image.row(y);
  for (DitherPoint& point : points.first(image.width_px)) {
    point = dither_point(pixel, image.channels, image.bit_depth);
    pixel += image.pixel_bytes();
  }
}

[[nodiscard]] constexpr DitherPoint difference(const DitherPoint& first, const DitherPoint& second) noexcept {
  return {first[0] - second[0], first[1] - second[1], first[2] - second[2], first[3] - second[3]};
}

[[nodiscard]] constexpr std::int64_t dot_product(const DitherPoint& first, const DitherPoint& second) noexcept {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < first.size(); ++i) sum += std::int64_t{first[i]} * second[i];
  return sum;
}

[[nodiscard]] constexpr std::int64_t distance_sq(const DitherPoint& first, const DitherPoint& second) noexcept {
  const DitherPoint delta = difference(first, second);
  return dot_product(delta, delta);
}

/// The largest difference of a coordinate.
[[nodiscard]] constexpr std::int32_t largest_step(const DitherPoint& first, const DitherPoint& second) noexcept {
  std::int32_t largest = 0;
  for (std::size_t i = 0; i < first.size(); ++i)
    largest = std::max(largest, first[i] < second[i] ? second[i] - first[i] : first[i] - second[i]);
  return largest;
}

}  // namespace vqi::detail
