// vqi help: explains the program, a command or a topic, and writes man pages and completions.
#pragma once

#include <string>
#include <vector>

namespace vqi::tool {

/// What "vqi --help" prints.
[[nodiscard]] std::string general_help();

/// Runs "vqi help" with the arguments after it, and returns the exit code. Throws Error{invalid_option} for a wrong
/// command line.
[[nodiscard]] int run_help(const std::vector<std::string>& arguments);

}  // namespace vqi::tool
