// Palettes as JSON: what vqi writes, and the common forms of other programs.
#pragma once

#include <string>
#include <string_view>

#include "palette.hpp"

namespace vqi::tool {

/// An array of colours, or an object with one under "colours", "colors" or "palette" and perhaps a "name". A colour is
/// a text as in colour_of_text, an array of 3 or 4 numbers from 0 to 255, or an object with one of them under "hex",
/// "color" or "rgb" and perhaps a "name". Throws Error{corrupt_palette} for anything else.
[[nodiscard]] Palette read_json_palette(std::string_view text);

/// {"name": ..., "colours": ["#rrggbb", ...]}, a colour a line; without "name" if there is none.
[[nodiscard]] std::string write_json_palette(const Palette& palette);

}  // namespace vqi::tool
