// Pixels in a type that holds more: grey as RGB, opaque alpha added, 8 bits as 16.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vqi::detail {

/// Channels and bits of a pixel's samples.
struct PixelType {
  std::uint32_t channels = 1;
  std::uint32_t bit_depth = 8;

  [[nodiscard]] bool has_alpha() const noexcept { return channels % 2 == 0; }
  [[nodiscard]] bool has_colour() const noexcept { return channels >= 3; }
  [[nodiscard]] std::size_t bytes() const noexcept { return std::size_t{channels} * (bit_depth / 8); }
  bool operator==(const PixelType&) const = default;
};

/// True if `wide` holds every pixel of `narrow`.
[[nodiscard]] bool holds(const PixelType& wide, const PixelType& narrow) noexcept;

/// The least type that holds both.
[[nodiscard]] PixelType common_type(const PixelType& a, const PixelType& b) noexcept;

/// Writes `count` pixels in the type `to`, which holds `from`.
void widen_pixels(const std::byte* pixels, const PixelType& from, std::size_t count, const PixelType& to,
                  std::byte* widened) noexcept;

}  // namespace vqi::detail
