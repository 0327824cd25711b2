// What follows from the colours of a palette.
#include "palette.hpp"

#include <algorithm>

namespace vqi::tool {

bool Palette::has_alpha() const noexcept {
  return std::any_of(colours.begin(), colours.end(),
                     [&](const PaletteColour& colour) { return colour.rgba[3] != max_value(); });
}

Palette at_8_bits(Palette palette) {
  if (palette.bit_depth == 8) return palette;
  constexpr std::uint32_t values_per_step = 65535 / 255;
  for (PaletteColour& colour : palette.colours)
    for (std::uint16_t& sample : colour.rgba)
      sample = static_cast<std::uint16_t>((sample + values_per_step / 2) / values_per_step);
  palette.bit_depth = 8;
  return palette;
}

}  // namespace vqi::tool
