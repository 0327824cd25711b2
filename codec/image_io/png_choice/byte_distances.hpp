// ByteDistances: what a byte of packed indices costs at a place of a PNG's rows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "index_colours.hpp"

namespace vqi::detail {

/// The rows of a strip as PNG stores them without a filter: a byte 0 before each, then packed indices.
class ByteDistances {
 public:
  /// Rows of `width_px` pixels whose indices have `depth` bits. Borrows `colours`.
  ByteDistances(const IndexColours& colours, std::span<const PremultipliedColour> pixels, std::uint32_t width_px,
                std::uint32_t depth);

  [[nodiscard]] std::size_t size() const noexcept { return pixels_.size() / per_byte_; }

  /// The sum of squared distances, at least `forbidden_distance` for a byte that may not stand there.
  [[nodiscard]] std::int32_t distance(std::size_t place, std::uint8_t byte) const noexcept {
    const PremultipliedColour* pixel = pixels_.data() + place * per_byte_;
    if (pixel->alpha == filter_mark) return byte == 0 ? 0 : forbidden_distance;
    if (per_byte_ == 1) return byte < colours_.size() ? colours_.distance(*pixel, byte) : forbidden_distance;
    return packed_distance(pixel, byte);
  }

  /// Whether the pixels at both places are the same.
  [[nodiscard]] bool are_alike(std::size_t a, std::size_t b) const noexcept {
    const PremultipliedColour* const pixels = pixels_.data();
    return std::equal(pixels + a * per_byte_, pixels + (a + 1) * per_byte_, pixels + b * per_byte_);
  }

  /// The literal with the least `distance * unit + price`, among bytes that differ in one pixel from `start`. A byte's
  /// price is that of what it is more than `predicted`, which is tried as well if it is not 0.
  struct Literal {
    std::uint8_t byte = 0;
    std::int32_t cost = 0;
  };
  [[nodiscard]] Literal cheapest_literal(std::size_t place, std::uint8_t start, std::span<const std::int32_t> prices,
                                         std::int32_t unit, std::uint8_t predicted = 0) const noexcept;

 private:
  static constexpr std::int16_t filter_mark = -1;
  static constexpr std::int16_t padding_mark = -2;

  [[nodiscard]] std::int32_t packed_distance(const PremultipliedColour* pixel, std::uint8_t byte) const noexcept;

  const IndexColours& colours_;
  std::uint32_t depth_;
  std::size_t per_byte_;
  std::vector<PremultipliedColour> pixels_;
};

}  // namespace vqi::detail
