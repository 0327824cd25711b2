// Sets blocks of a document as plain text for a terminal.
#pragma once

#include <string>
#include <vector>

#include "markdown.hpp"

namespace vqi::tool {

/// The blocks in lines of at most 80 letters, but for code and for words that are longer.
[[nodiscard]] std::string plain_blocks(const std::vector<Block>& blocks);

}  // namespace vqi::tool
