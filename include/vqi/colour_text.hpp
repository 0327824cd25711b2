// Colours as text: #rgb, #rrggbb, #rrggbbaa and CSS names.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vqi/export.hpp"

namespace vqi {

/// Red, green, blue and alpha, not premultiplied, of 8 or 16 bits. Grey has three equal samples.
using Rgba = std::array<std::uint16_t, 4>;

/// A colour and the depth in which it is given: 16 for 12 or 16 hexadecimal digits, else 8.
struct ColourText {
  Rgba rgba{};                  ///< of `bit_depth` bits a sample
  std::uint32_t bit_depth = 8;  ///< 8 or 16
};

/// The colour of 3, 4, 6, 8, 12 or 16 hexadecimal digits, in the order red, green, blue and, with 4, 8 or 16, alpha.
[[nodiscard]] VQI_API std::optional<ColourText> colour_of_digits(std::string_view digits) noexcept;

/// The colour that `text` means: digits after "#", or a CSS name in any case, "transparent" among them.
[[nodiscard]] VQI_API std::optional<ColourText> colour_of_text(std::string_view text);

/// "#rrggbb", with alpha "#rrggbbaa" if it is not opaque; at 16 bits with four digits for a sample.
[[nodiscard]] VQI_API std::string text_of_colour(const Rgba& rgba, std::uint32_t bit_depth);

/// The value of an option: COLOUR of the command line, at 8 bits. Throws Error{invalid_option}, naming `option`.
[[nodiscard]] VQI_API Rgba parse_colour(std::string_view option, std::string_view text);

}  // namespace vqi
