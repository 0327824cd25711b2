// Palettes as a part of programs and pages, to write alone: CSS custom properties, C arrays and raw bytes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "palette.hpp"
#include "pixel_form.hpp"

namespace vqi::tool {

// All take palettes of 8 bits and keep the order; what `form` has no place for is left out.

/// ":root { --colour-0: #rrggbb; ... }"
[[nodiscard]] std::string write_css_palette(const Palette& palette);
/// A C array `palette` of the colours, with their number as `palette_size`.
[[nodiscard]] std::string write_c_palette(const Palette& palette, PixelForm form);
[[nodiscard]] std::vector<std::byte> write_raw_palette(const Palette& palette, PixelForm form);

}  // namespace vqi::tool
