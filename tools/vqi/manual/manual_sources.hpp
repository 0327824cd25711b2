// The documents that the manual is made of, which the build embeds.
#pragma once

#include <string_view>

namespace vqi::tool {

extern const std::string_view cli_document;     ///< tools/vqi/CLI.md
extern const std::string_view format_document;  ///< codec/FORMAT.md

}  // namespace vqi::tool
