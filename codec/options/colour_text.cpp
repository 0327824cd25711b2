// Reads and writes hexadecimal digits; names are looked up in lower case.
#include "vqi/colour_text.hpp"

#include "css_colours.hpp"
#include "vqi/error.hpp"

namespace vqi {
namespace {

std::optional<std::uint32_t> digit_value(char digit) noexcept {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return std::nullopt;
}

/// How many digits a sample has, and how many samples there are; 0 where no colour has so many digits.
struct DigitLayout {
  std::size_t sample_digits = 0;
  std::size_t samples = 0;
};

DigitLayout layout_of(std::size_t digits) noexcept {
  switch (digits) {
    case 3:
    case 4:
      return {1, digits};
    case 6:
    case 8:
      return {2, digits / 2};
    case 12:
    case 16:
      return {4, digits / 4};
    default:
      return {};
  }
}

}  // namespace

std::optional<ColourText> colour_of_digits(std::string_view digits) noexcept {
  const DigitLayout layout = layout_of(digits.size());
  if (layout.samples == 0) return std::nullopt;
  ColourText colour;
  colour.bit_depth = layout.sample_digits == 4 ? 16 : 8;
  colour.rgba[3] = colour.bit_depth == 16 ? 65535 : 255;
  for (std::size_t i = 0; i < layout.samples; ++i) {
    std::uint32_t value = 0;
    for (const char digit : digits.substr(i * layout.sample_digits, layout.sample_digits)) {
      const std::optional<std::uint32_t> part = digit_value(digit);
      if (!part) return std::nullopt;
      value = value << 4 | *part;
    }
    constexpr std::uint32_t both_digits = 0x11;  // #rgb means #rrggbb
    colour.rgba[i] = static_cast<std::uint16_t>(layout.sample_digits == 1 ? value * both_digits : value);
  }
  return colour;
}

std::optional<ColourText> colour_of_text(std::string_view text) {
  if (text.starts_with('#')) return colour_of_digits(text.substr(1));
  std::string name(text);
  for (char& letter : name)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  if (name == "transparent") return ColourText{};
  const std::optional<std::uint32_t> rgb = css_colour(name);
  if (!rgb) return std::nullopt;
  const auto sample = [&](std::uint32_t shift) { return static_cast<std::uint16_t>(*rgb >> shift & 0xFFU); };
  return ColourText{{sample(16), sample(8), sample(0), 255}, 8};
}

std::string text_of_colour(const Rgba& rgba, std::uint32_t bit_depth) {
  constexpr std::string_view digits = "0123456789abcdef";
  const std::size_t samples = rgba[3] == (bit_depth == 16 ? 65535 : 255) ? 3 : 4;
  std::string text = "#";
  for (std::size_t i = 0; i < samples; ++i)
    for (std::uint32_t shift = bit_depth; shift > 0; shift -= 4)
      text += digits[std::uint32_t{rgba[i]} >> (shift - 4) & 0xFU];
  return text;
}

Rgba parse_colour(std::string_view option, std::string_view text) {
  const std::optional<ColourText> colour = colour_of_text(text);
  if (!colour || colour->bit_depth != 8)
    throw Error(ErrorCode::invalid_option, std::string(option) + " \"" + std::string(text) +
                                               "\" is no colour, give #rgb, #rrggbb, #rrggbbaa or a CSS name such as "
                                               "tomato");
  return colour->rgba;
}

}  // namespace vqi
