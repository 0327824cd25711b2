// What follows from the colours of a palette, and colours of images.
#include "palette.hpp"

#include <algorithm>

namespace vqi::tool {

bool Palette::has_alpha() const noexcept {
  return std::any_of(colours.begin(), colours.end(),
                     [&](const PaletteColour& colour) { return colour.rgba[3] != max_value(); });
}

Rgba rgba_of_pixel(const Image& image, std::uint32_t y, std::uint32_t x) noexcept {
  const std::uint32_t channels = image.channels();
  const auto sample = [&](std::uint32_t c) {
    const std::size_t i = std::size_t{x} * channels + c;
    return image.bit_depth() == 16 ? image.row16(y)[i] : std::to_integer<std::uint16_t>(image.row(y)[i]);
  };
  const bool has_alpha = channels % 2 == 0;
  const auto opaque = static_cast<std::uint16_t>(image.bit_depth() == 16 ? 65535 : 255);
  const std::uint16_t alpha = has_alpha ? sample(channels - 1) : opaque;
  if (channels < 3) return {sample(0), sample(0), sample(0), alpha};
  return {sample(0), sample(1), sample(2), alpha};
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
