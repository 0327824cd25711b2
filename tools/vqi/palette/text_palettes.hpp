// Palette files of text with a line for each colour: hexadecimal digits, GIMP's .gpl and JASC's .pal.
#pragma once

#include <string>
#include <string_view>

#include "palette.hpp"

namespace vqi::tool {

/// True if `text` begins as a .gpl file, or as a JASC .pal file.
[[nodiscard]] bool is_gimp_palette(std::string_view text) noexcept;
[[nodiscard]] bool is_jasc_palette(std::string_view text) noexcept;

// Each reader throws Error{corrupt_palette}, which names the line, for anything that is not such a file, for a file
// without colours, and for more than palette_colours_max of them.

/// One or more colours in a line, between blanks or commas: "#" and digits as in colour_of_digits, the digits alone, or
/// a CSS name. What follows ";" or "//" is left out. In a file of paint.net, known by its first line, alpha comes
/// first.
[[nodiscard]] Palette read_hex_palette(std::string_view text);
/// GIMP's palettes, and Aseprite's with a line "Channels: RGBA".
[[nodiscard]] Palette read_gimp_palette(std::string_view text);
/// Paint Shop Pro's palettes; a line may have alpha as its fourth number, which must be right in number.
[[nodiscard]] Palette read_jasc_palette(std::string_view text);

// The writers keep the order, and take 8 bits except for the first.

[[nodiscard]] std::string write_hex_palette(const Palette& palette);
/// Alpha has no place in it and is left out.
[[nodiscard]] std::string write_gimp_palette(const Palette& palette);
/// Alpha is a fourth number where a colour is not opaque.
[[nodiscard]] std::string write_jasc_palette(const Palette& palette);

}  // namespace vqi::tool
