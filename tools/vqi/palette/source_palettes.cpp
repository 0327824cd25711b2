// Formats one colour after the other.
#include "source_palettes.hpp"

#include "colour_text.hpp"

namespace vqi::tool {
namespace {

std::string hex_number(std::uint32_t value, std::uint32_t digits) {
  constexpr char symbols[] = "0123456789abcdef";
  std::string text = "0x";
  for (std::uint32_t digit = digits; digit > 0; --digit) text += symbols[value >> (4 * (digit - 1)) & 0xFU];
  return text;
}

std::size_t samples_in(PixelForm form) { return form == PixelForm::rgba8888 ? 4 : 3; }

}  // namespace

std::uint16_t rgb565_of(const Rgba& rgba) noexcept {
  const auto bits = [](std::uint32_t sample, std::uint32_t most) { return (sample * most + 127) / 255; };
  return static_cast<std::uint16_t>(bits(rgba[0], 31) << 11 | bits(rgba[1], 63) << 5 | bits(rgba[2], 31));
}

std::string write_css_palette(const Palette& palette) {
  std::string text = ":root {\n";
  for (std::size_t k = 0; k < palette.colours.size(); ++k)
    text +=
        "  --colour-" + std::to_string(k) + ": " + text_of_colour(palette.colours[k].rgba, palette.bit_depth) + ";\n";
  return text + "}\n";
}

std::string write_c_palette(const Palette& palette, PixelForm form) {
  const bool packed = form == PixelForm::rgb565;
  const std::string size = std::to_string(palette.colours.size());
  std::string text = "#include <stdint.h>\n\nenum { palette_size = " + size + " };\n\n";
  if (packed)
    text += "/* 5 bits of red, 6 of green, 5 of blue. */\nstatic const uint16_t palette[" + size + "] = {\n";
  else
    text += std::string("/* red, green, blue") + (samples_in(form) == 4 ? ", alpha" : "") +
            " */\nstatic const uint8_t palette[" + size + "][" + std::to_string(samples_in(form)) + "] = {\n";
  for (const PaletteColour& colour : palette.colours) {
    text += "    ";
    if (packed) {
      text += hex_number(rgb565_of(colour.rgba), 4);
    } else {
      text += "{";
      for (std::size_t i = 0; i < samples_in(form); ++i) text += (i > 0 ? ", " : "") + hex_number(colour.rgba[i], 2);
      text += "}";
    }
    text += ",\n";
  }
  return text + "};\n";
}

std::vector<std::byte> write_raw_palette(const Palette& palette, PixelForm form) {
  std::vector<std::byte> bytes;
  for (const PaletteColour& colour : palette.colours) {
    if (form == PixelForm::rgb565) {
      const std::uint16_t packed = rgb565_of(colour.rgba);
      bytes.push_back(static_cast<std::byte>(packed));
      bytes.push_back(static_cast<std::byte>(packed >> 8));
      continue;
    }
    for (std::size_t i = 0; i < samples_in(form); ++i) bytes.push_back(static_cast<std::byte>(colour.rgba[i]));
  }
  return bytes;
}

}  // namespace vqi::tool
