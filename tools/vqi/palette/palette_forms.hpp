// The forms of palettes: their names, their extensions, and what writing in one of them loses.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "palette.hpp"

namespace vqi::tool {

enum class PaletteForm {
  hex,  ///< a line of hexadecimal digits for each colour
  gpl,  ///< GIMP
  pal,  ///< JASC, Paint Shop Pro
  act,  ///< Adobe
  json,
  css,       ///< custom properties
  c,         ///< a C array, RGB888 or RGBA8888
  c565,      ///< a C array, RGB565
  rgb888,    ///< raw bytes
  rgba8888,  ///< raw bytes
  rgb565,    ///< raw bytes
  png,       ///< a picture of swatches, which suggests the palette to programs
  pixels,    ///< a palette PNG with a pixel for each colour
  vqb,       ///< a codebook of vqi
};

/// The form called `name`; form_names lists all names for messages.
[[nodiscard]] std::optional<PaletteForm> form_from_name(std::string_view name) noexcept;
[[nodiscard]] std::string form_names();

/// The form that a file's extension names: .hex, .txt, .gpl, .pal, .act, .json, .css, .c, .h, .png or .vqb.
[[nodiscard]] std::optional<PaletteForm> form_of_file(const std::string& name);

/// True for forms that are no text.
[[nodiscard]] bool is_binary(PaletteForm form) noexcept;

struct WrittenPalette {
  std::vector<std::byte> bytes;
  std::vector<std::string> losses;  ///< what the form has no place for, a line each
};

/// `palette` in a form, in its order. All forms but hex, json, png and vqb hold 8 bits. Throws Error{invalid_option} if
/// the form cannot hold so many colours.
[[nodiscard]] WrittenPalette write_palette(const Palette& palette, PaletteForm form);

}  // namespace vqi::tool
