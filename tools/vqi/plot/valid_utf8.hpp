// Text of unknown encoding as UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vqi::tool {

/// `text` with every byte that is no part of well-formed UTF-8 (Unicode 15, table 3-7) replaced by
/// U+FFFD, and so U+FFFE and U+FFFF, which XML does not allow. File names may be any bytes;
/// drawings and pages must not be.
[[nodiscard]] std::string valid_utf8(std::string_view text);

/// The number of characters of well-formed UTF-8.
[[nodiscard]] std::size_t character_count(std::string_view text);

/// The first `count` characters of well-formed UTF-8, or all.
[[nodiscard]] std::string_view first_characters(std::string_view text, std::size_t count);

}  // namespace vqi::tool
