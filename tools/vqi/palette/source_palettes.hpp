// Palettes as a part of programs and pages, to write alone: CSS custom properties, C arrays and raw bytes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "palette.hpp"

namespace vqi::tool {

/// What one colour is in raw bytes and in C arrays.
enum class PixelForm {
  rgb888,    ///< three bytes: red, green, blue
  rgba8888,  ///< four bytes: red, green, blue, alpha, not premultiplied
  rgb565,    ///< two bytes, little-endian: red in the upper 5 bits, then 6 of green and 5 of blue
};

// All take palettes of 8 bits and keep the order; what `form` has no place for is left out.

/// ":root { --colour-0: #rrggbb; ... }"
[[nodiscard]] std::string write_css_palette(const Palette& palette);
/// A C array `palette` of the colours, with their number as `palette_size`.
[[nodiscard]] std::string write_c_palette(const Palette& palette, PixelForm form);
[[nodiscard]] std::vector<std::byte> write_raw_palette(const Palette& palette, PixelForm form);

/// The colour in 5, 6 and 5 bits, each sample rounded to the nearest.
[[nodiscard]] std::uint16_t rgb565_of(const Rgba& rgba) noexcept;

}  // namespace vqi::tool
