// Words are what stands between spaces.
#include "filled_text.hpp"

#include <algorithm>

namespace vqi::tool {

std::vector<std::string> filled_lines(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty()) return lines;
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(word.size());
    if (!lines.back().empty()) {
      if (lines.back().size() + 1 + word.size() > width)
        lines.emplace_back();
      else
        lines.back() += ' ';
    }
    lines.back() += word;
  }
}

std::string hanging(const std::string& first, std::string_view text, std::size_t width) {
  std::string filled;
  std::string begin = first;
  for (const std::string& line : filled_lines(text, width - std::min(width, first.size()))) {
    filled += line.empty() ? "\n" : begin + line + "\n";
    begin.assign(first.size(), ' ');
  }
  return filled;
}

}  // namespace vqi::tool
