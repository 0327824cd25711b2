// Words of a command line as a shell takes them.
#pragma once

#include <string>
#include <string_view>

namespace vqi::tool {

/// `word` such that bash, zsh and ksh read exactly its bytes again: as it is where nothing in it is
/// special, else in '...', or in $'...' (POSIX.1-2024) where it holds control characters or bytes
/// that are not UTF-8. The result is one line of UTF-8.
[[nodiscard]] std::string shell_quoted(std::string_view word);

}  // namespace vqi::tool
