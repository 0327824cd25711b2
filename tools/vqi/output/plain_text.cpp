// Formats numbers without the locale, and inspects UTF-8 byte by byte.
#include "plain_text.hpp"

#include <array>
#include <charconv>

namespace vqi::tool {
namespace {

constexpr std::string_view hex = "0123456789abcdef";

/// True if this is the second byte of U+0080..U+009F, control characters that take two bytes in UTF-8.
bool continues_c1_control(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  return at > 0 && static_cast<unsigned char>(text[at - 1]) == 0xC2 && byte >= 0x80 && byte <= 0x9F;
}

}  // namespace

std::string grouped(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return digits;
}

std::string fixed(double value, int decimals) {
  std::array<char, 512> buffer{};  // the largest double has 309 digits before the point
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
  return {buffer.data(), result.ptr};
}

std::string lossless_text(const std::optional<double>& mse_straight) {
  return mse_straight.value_or(0) > 0 ? "lossless as seen" : "lossless";
}

std::string shortest(double value) {
  std::array<char, 400> text{};
  const auto [end, fault] = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  return {text.data(), end};
}

std::string one_line(std::string_view text) {
  std::string line;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '\n') {
      line += "\\n";
    } else if (byte == '\t') {
      line += "\\t";
    } else if (byte < 0x20 || byte == 0x7F || continues_c1_control(text, at)) {
      line += "\\x";
      line += hex[byte / 16];
      line += hex[byte % 16];
    } else {
      line += text[at];
    }
  }
  return line;
}

std::string dimensions_text(std::uint32_t width_px, std::uint32_t height_px) {
  return std::to_string(width_px) + "x" + std::to_string(height_px);
}

std::string markup_text(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '&')
      result += "&amp;";
    else if (letter == '<')
      result += "&lt;";
    else if (letter == '>')
      result += "&gt;";
    else
      result += letter;
  }
  return result;
}

bool is_utf8(std::string_view text) noexcept {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  for (std::size_t at = 0; at < text.size();) {
    const unsigned lead = byte(at++);
    if (lead < 0x80) continue;
    if (lead < 0xC2 || lead > 0xF4) return false;
    const std::size_t more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    if (text.size() - at < more) return false;
    // The second byte excludes overlong forms, surrogates, and code points above U+10FFFF.
    const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (byte(at) < low || byte(at) > high) return false;
    for (std::size_t i = 1; i < more; ++i)
      if (byte(at + i) < 0x80 || byte(at + i) > 0xBF) return false;
    at += more;
  }
  return true;
}

std::string hex_digits(std::string_view text) {
  std::string digits;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    digits += hex[byte / 16];
    digits += hex[byte % 16];
  }
  return digits;
}

std::string left_aligned(std::string_view text, std::size_t width) {
  std::string result(text);
  if (result.size() < width) result.append(width - result.size(), ' ');
  return result;
}

std::string right_aligned(std::string_view text, std::size_t width) {
  std::string result;
  if (text.size() < width) result.append(width - text.size(), ' ');
  return result += text;
}

}  // namespace vqi::tool
