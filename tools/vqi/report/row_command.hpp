// Writes the command line that makes the file of a sweep's row.
#pragma once

#include <string>

#include "vqi/options.hpp"

namespace vqi::tool {

/// `vqi compress` with K and all options that are not defaults, quoted for a shell. The output is in the current
/// folder, under a different name for each row.
[[nodiscard]] std::string row_command(const EncodeOptions& options, const std::string& input);

}  // namespace vqi::tool
