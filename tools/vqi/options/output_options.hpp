// The options that say which files to work on and where outputs go: -o, --output-dir and --recursive.
#pragma once

#include <string>
#include <vector>

#include "common_options.hpp"
#include "output_names.hpp"
#include "output_target.hpp"

namespace vqi::tool {

/// Adds -o, --output-dir and --recursive to the current group. `files` says what --recursive picks, such as "images".
void add_output_options(CommandLine& line, OutputChoice& choice, const std::string& files);

/// Adds --recursive alone, to the current group.
void add_recursive_option(CommandLine& line, bool& recursive, const std::string& files);

/// Throws Error{invalid_option} if JSON and image bytes would both go to standard output.
void check_streams(const CommonOptions& options, const std::vector<std::string>& outputs);

/// The rules for the output of `input`: whether to replace files and make folders, and its permissions.
[[nodiscard]] OutputRules output_rules(const CommonOptions& options, const OutputChoice& choice,
                                       const std::string& input);

}  // namespace vqi::tool
