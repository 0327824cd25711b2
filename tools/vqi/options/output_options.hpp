// The options that say which files to work on and where outputs go: -o, --output-dir and --recursive.
#pragma once

#include <string>
#include <vector>

#include "common_options.hpp"
#include "output_names.hpp"
#include "output_target.hpp"

namespace vqi::tool {

/// Adds -o, --output-dir and --recursive to the current group.
void add_output_options(CommandLine& line, OutputChoice& choice, const std::string& files);

/// Adds --recursive, for what names end in `files`.
void add_recursive_option(CommandLine& line, bool& recursive, const std::string& files);

/// Throws Error{invalid_option} if JSON and image bytes would both go to standard output.
void check_streams(const CommonOptions& options, const std::vector<std::string>& outputs);

/// What may be done for the outputs of `input`.
[[nodiscard]] OutputRules output_rules(const CommonOptions& options, const OutputChoice& choice,
                                       const std::string& input);

}  // namespace vqi::tool
