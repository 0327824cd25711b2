// The man pages: one for the program, one for each command, one for the format.
#pragma once

#include <string>
#include <vector>

#include "command_outline.hpp"

namespace vqi::tool {

/// The names of all pages, as their files have them: "vqi.1", "vqi-compress.1" ... and "vqi.5".
[[nodiscard]] std::vector<std::string> manual_page_names(const std::vector<CommandOutline>& commands);

/// The roff of one page. Throws Error{invalid_option} if there is no page of that name.
[[nodiscard]] std::string manual_page(const std::string& name, const std::vector<CommandOutline>& commands,
                                      const std::string& general_examples);

}  // namespace vqi::tool
