// The forms of palettes: their names, their extensions, and what writing in one of them loses.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "palette.hpp"
#include "pixel_form.hpp"

namespace vqi::tool {

enum class PaletteForm {
  hex,  ///< a line of hexadecimal digits for each colour
  gpl,  ///< GIMP
  pal,  ///< JASC, Paint Shop Pro
  act,  ///< Adobe
  json,
  css,     ///< custom properties
  c,       ///< a C array
  raw,     ///< bytes
  png,     ///< a picture of swatches, which suggests the palette to programs
  pixels,  ///< a palette PNG with a pixel for each colour
  vqb,     ///< a codebook of vqi
};

/// A form, and for C arrays and bytes what a colour is in it, if that is said.
struct FormChoice {
  PaletteForm form = PaletteForm::hex;
  std::optional<PixelForm> pixels{};
};

/// The form called `name`, a short name such as "rgb565" among them; form_names lists all names for messages.
[[nodiscard]] std::optional<FormChoice> form_from_name(std::string_view name) noexcept;
[[nodiscard]] std::string form_names();

/// The form that a file's extension names: .hex, .txt, .gpl, .pal, .act, .json, .css, .c, .h, .bin, .png or
/// .vqb.
[[nodiscard]] std::optional<PaletteForm> form_of_file(const std::string& name);

/// True for forms that are no text.
[[nodiscard]] bool is_binary(PaletteForm form) noexcept;

struct WrittenPalette {
  std::vector<std::byte> bytes;
  std::vector<std::string> losses;  ///< what the form has no place for, a line each
};

/// `palette` in a form, in its order. All forms but hex, json, png and vqb hold 8 bits. C arrays and bytes have the
/// usual pixel form unless one is given, other forms have none. Throws Error{invalid_option} if the form cannot hold so
/// many colours.
[[nodiscard]] WrittenPalette write_palette(const Palette& palette, const FormChoice& choice);

}  // namespace vqi::tool
