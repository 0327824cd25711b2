// PixelRows: the pixels of an image that is measured, wherever they come from.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vqi::detail {

/// An image whose pixels are asked for in parts of rows. May be asked by several threads at once.
class PixelRows {
 public:
  PixelRows() = default;
  PixelRows(const PixelRows&) = delete;
  PixelRows& operator=(const PixelRows&) = delete;
  virtual ~PixelRows() = default;

  /// The samples of `count` pixels, above 0, of row `y` from column `x` on: those of the image itself where they are
  /// kept in the form that is asked for, else written to `buffer`, which has room for them and is aligned to 2.
  [[nodiscard]] virtual const std::byte* pixels(std::uint32_t y, std::uint32_t x, std::uint32_t count,
                                                std::byte* buffer) const noexcept = 0;
};

/// Two images of one size and type. Borrows them.
struct ComparedRows {
  const PixelRows& reference;
  const PixelRows& other;
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::uint32_t channels = 0;
  std::uint32_t bit_depth = 8;

  [[nodiscard]] bool has_alpha() const noexcept { return channels == 2 || channels == 4; }
  [[nodiscard]] std::uint32_t max_value() const noexcept { return bit_depth == 16 ? 65535U : 255U; }
  [[nodiscard]] std::size_t pixel_bytes() const noexcept { return std::size_t{channels} * (bit_depth / 8); }
};

}  // namespace vqi::detail
