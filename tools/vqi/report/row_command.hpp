// The command line that makes the file of a sweep's row.
#pragma once

#include <string>

#include "vqi/options.hpp"

namespace vqi::tool {

/// `vqi compress` with the options that are not the defaults, K always among them, for a shell; the
/// output has a name of its own for each row, in the current folder.
[[nodiscard]] std::string row_command(const EncodeOptions& options, const std::string& input);

}  // namespace vqi::tool
