// Formats one colour after the other.
#include "source_palettes.hpp"

#include "vqi/colour_text.hpp"

namespace vqi::tool {

std::string write_css_palette(const Palette& palette) {
  std::string text = ":root {\n";
  for (std::size_t k = 0; k < palette.colours.size(); ++k)
    text +=
        "  --colour-" + std::to_string(k) + ": " + text_of_colour(palette.colours[k].rgba, palette.bit_depth) + ";\n";
  return text + "}\n";
}

std::string write_c_palette(const Palette& palette, PixelForm form) {
  const CPixelType type = c_pixel_type(form);
  const std::string size = std::to_string(palette.colours.size());
  std::string text = "#include <stdint.h>\n\nenum { palette_size = " + size + " };\n\n/* " + std::string(type.comment) +
                     " */\nstatic const " + std::string(type.element) + " palette[" + size + "]" +
                     std::string(type.samples) + " = {\n";
  for (const PaletteColour& colour : palette.colours) text += "    " + c_pixel(colour.rgba, form) + ",\n";
  return text + "};\n";
}

std::vector<std::byte> write_raw_palette(const Palette& palette, PixelForm form) {
  std::vector<std::byte> bytes;
  bytes.reserve(palette.colours.size() * pixel_bytes(form));
  for (const PaletteColour& colour : palette.colours) append_pixel(bytes, colour.rgba, form);
  return bytes;
}

}  // namespace vqi::tool
