// Decodes UTF-8 sequences byte by byte.
#include "valid_utf8.hpp"

#include <algorithm>

namespace vqi::tool {
namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

bool in_range(unsigned char byte, unsigned char low, unsigned char high) { return low <= byte && byte <= high; }

/// The length in bytes of the well-formed sequence at the start of `text`; 0 if there is none.
std::size_t sequence_length(std::string_view text) {
  const unsigned char first = byte_at(text, 0);
  if (first < 0x80) return 1;
  const std::size_t length = in_range(first, 0xC2, 0xDF)   ? 2
                             : in_range(first, 0xE0, 0xEF) ? 3
                             : in_range(first, 0xF0, 0xF4) ? 4
                                                           : 0;
  if (length == 0) return 0;
  // The second byte excludes overlong forms, surrogates and code points above U+10FFFF.
  const unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (!in_range(byte_at(text, 1), low, high)) return 0;
  for (std::size_t at = 2; at < length; ++at)
    if (!in_range(byte_at(text, at), 0x80, 0xBF)) return 0;
  const bool is_noncharacter = first == 0xEF && byte_at(text, 1) == 0xBF && byte_at(text, 2) >= 0xBE;
  return is_noncharacter ? 0 : length;
}

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80; }

}  // namespace

std::string valid_utf8(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    valid += length == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return valid;
}

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  for (; end < text.size(); ++end)
    if (begins_character(text[end]) && count-- == 0) break;
  return text.substr(0, end);
}

}  // namespace vqi::tool
