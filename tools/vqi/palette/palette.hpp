// Palette: colours in an order, as palette files hold them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "vqi/colour_text.hpp"
#include "vqi/image.hpp"

namespace vqi::tool {

/// As many as a codebook may have.
inline constexpr std::size_t palette_colours_max = 65536;

using vqi::Rgba;  // whose samples have the bit depth of the palette here

struct PaletteColour {
  Rgba rgba{};         ///< in the bit depth of the palette
  std::string name{};  ///< may be empty
  bool operator==(const PaletteColour&) const = default;
};

struct Palette {
  std::string name{};  ///< may be empty
  std::uint32_t bit_depth = 8;
  std::vector<PaletteColour> colours{};
  std::vector<std::uint64_t> counts{};  ///< pixels of each colour, or blocks; empty where nothing is known of them

  /// 255 or 65535.
  [[nodiscard]] std::uint32_t max_value() const noexcept { return bit_depth == 16 ? 65535 : 255; }
  [[nodiscard]] bool has_alpha() const noexcept;
};

/// The same colours at 8 bits, samples rounded to the nearest value. Colours may become equal.
[[nodiscard]] Palette at_8_bits(Palette palette);

/// The pixel in row `y` and column `x`, in the image's bit depth; opaque where the image has no alpha.
[[nodiscard]] Rgba rgba_of_pixel(const Image& image, std::uint32_t y, std::uint32_t x) noexcept;

}  // namespace vqi::tool
