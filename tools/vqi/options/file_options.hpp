// The options about files: which are read (--recursive, --files-from) and how (--page, --strict), and where outputs go
// (-o, --output-dir, --skip-existing, --preserve, --keep-extension).
#pragma once

#include <string>
#include <vector>

#include "common_options.hpp"
#include "output_names.hpp"
#include "output_target.hpp"

namespace vqi::tool {

/// Adds --recursive and --files-from to the current group. `files` says what --recursive picks, such as "images".
void add_input_options(CommandLine& line, InputChoice& choice, const std::string& files);

/// Adds -o, --output-dir, --skip-existing and --preserve to the current group.
void add_output_options(CommandLine& line, OutputChoice& choice);

/// Adds --keep-extension to the current group, for a command whose outputs end in `end` by default.
void add_keep_extension_option(CommandLine& line, OutputChoice& choice, const std::string& end);

/// Adds --page and --strict, for commands that read images, to the current group.
void add_reading_options(CommandLine& line, ReadChoice& choice);

/// The files that the command line names: `names`, then those of --files-from. Throws Error{invalid_option} unless
/// there is one and each has a name, or if -q and -v are both given; and what read_input throws.
[[nodiscard]] std::vector<std::string> input_names(std::vector<std::string> names, const InputChoice& choice,
                                                   const CommonOptions& options);

/// Throws Error{invalid_option} if --strict and --salvage are both given.
void check_reading(const ReadChoice& choice);

/// Throws Error{invalid_option} if options on outputs exclude each other or those on inputs.
void check_output_choice(const OutputChoice& output, const InputChoice& input, bool force);

/// Throws Error{invalid_option} if JSON and image bytes would both go to standard output, or if an option cannot apply
/// to an output that goes there.
void check_streams(const CommonOptions& options, const OutputChoice& choice, const std::vector<std::string>& outputs);

/// The rules for the output of `input`: whether to replace files and make folders, its permissions and times.
[[nodiscard]] OutputRules output_rules(const CommonOptions& options, const OutputChoice& choice,
                                       const std::string& input);

}  // namespace vqi::tool
