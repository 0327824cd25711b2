// Colours as text: #rgb, #rrggbb, #rrggbbaa and CSS names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "palette.hpp"

namespace vqi::tool {

/// A colour and the depth in which it is given: 16 for 12 or 16 hexadecimal digits, else 8.
struct ColourText {
  Rgba rgba{};
  std::uint32_t bit_depth = 8;
};

/// The colour of 3, 4, 6, 8, 12 or 16 hexadecimal digits, in the order red, green, blue and, with 4, 8 or 16, alpha.
[[nodiscard]] std::optional<ColourText> colour_of_digits(std::string_view digits) noexcept;

/// The colour that `text` means: digits after "#", or a CSS name in any case, "transparent" among them.
[[nodiscard]] std::optional<ColourText> colour_of_text(std::string_view text);

/// "#rrggbb", with alpha "#rrggbbaa" if it is not opaque; at 16 bits with four digits for a sample.
[[nodiscard]] std::string text_of_colour(const Rgba& rgba, std::uint32_t bit_depth);

/// The value of an option: COLOUR of the command line, at 8 bits. Throws Error{invalid_option}, naming `option`.
[[nodiscard]] Rgba parse_colour(std::string_view option, std::string_view text);

}  // namespace vqi::tool
