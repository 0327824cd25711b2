// Quotes with '...' or $'...'.
#include "shell_quote.hpp"

#include <algorithm>

#include "plain_text.hpp"
#include "valid_utf8.hpp"

namespace vqi::tool {
namespace {

bool is_harmless(char letter) {
  constexpr std::string_view others = "%+,-./:=@_";
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
         others.find(letter) != std::string_view::npos;
}

/// The word in $'...'. Every byte that is not printable ASCII becomes an octal escape, which always has three digits.
std::string escaped(std::string_view word) {
  std::string text = "$'";
  for (const char letter : word) {
    const auto byte = static_cast<unsigned char>(letter);
    if (letter == '\'' || letter == '\\') {
      text += '\\';
      text += letter;
    } else if (byte >= 0x20 && byte < 0x7F) {
      text += letter;
    } else {
      text += '\\';
      for (const int shift : {6, 3, 0}) text += static_cast<char>('0' + (byte >> shift & 7));
    }
  }
  return text + "'";
}

}  // namespace

std::string shell_quoted(std::string_view word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_harmless)) return std::string(word);
  if (one_line(word) != word || valid_utf8(word) != word) return escaped(word);
  std::string text = "'";
  for (const char letter : word) {
    if (letter == '\'')
      text += "'\\''";
    else
      text += letter;
  }
  return text + "'";
}

}  // namespace vqi::tool
