// Pieces of text for people: grouped digits, fixed decimals, file names that cannot upset a terminal.
#include "plain_text.hpp"

#include <array>
#include <charconv>

namespace vqi::tool {
namespace {

/// True for the second byte of U+0080..U+009F, control characters that UTF-8 writes in two bytes.
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

std::string one_line(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
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
