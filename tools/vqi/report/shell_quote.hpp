// Quotes words of a command line for a shell.
#pragma once

#include <string>
#include <string_view>

namespace vqi::tool {

/// `word` quoted so that bash, zsh and ksh read exactly its bytes. It is unchanged if nothing in it is special.
/// Otherwise it is put in '...', or in $'...' (POSIX.1-2024) if it holds control characters or invalid UTF-8. The
/// result is one line of UTF-8.
[[nodiscard]] std::string shell_quoted(std::string_view word);

}  // namespace vqi::tool
