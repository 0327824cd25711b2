// Breaks text into lines of a width.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vqi::tool {

/// The words of `text` in lines of at most `width` letters, but for a word that is longer. At least one line.
[[nodiscard]] std::vector<std::string> filled_lines(std::string_view text, std::size_t width);

/// The same as one text. The first line begins with `first`, all others with as many spaces.
[[nodiscard]] std::string hanging(const std::string& first, std::string_view text, std::size_t width);

}  // namespace vqi::tool
