// Turns text of unknown encoding into valid UTF-8, and counts and cuts characters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vqi::tool {

/// `text` with U+FFFD for every byte that is not part of well-formed UTF-8 (Unicode 15, table 3-7), and for U+FFFE and
/// U+FFFF, which XML forbids. File names may hold any bytes, drawings and pages may not.
[[nodiscard]] std::string valid_utf8(std::string_view text);

/// The number of characters of well-formed UTF-8.
[[nodiscard]] std::size_t character_count(std::string_view text);

/// The first `count` characters of well-formed UTF-8, or all if there are fewer.
[[nodiscard]] std::string_view first_characters(std::string_view text, std::size_t count);

}  // namespace vqi::tool
