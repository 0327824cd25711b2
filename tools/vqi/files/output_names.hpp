// Which output belongs to which input, and the checks that no two of them collide.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "find_inputs.hpp"

namespace vqi::tool {

/// What -o, --output-dir and --recursive said; -o excludes the others.
struct OutputChoice {
  std::optional<std::string> file;
  std::optional<std::string> folder;
  bool recursive = false;
};

/// The output's file name (no folder) that a command gives to an input of that file name.
using DefaultName = std::function<std::string(const std::string&)>;

/// The output of every input, in order; an input with a fault has none, "". Throws Error{invalid_option}
/// before any work if "-" is named twice or has no place to go, if -o is to hold several outputs, if
/// two inputs map to one output, or if an output is one of the inputs or of `kept`, files that are
/// only read.
[[nodiscard]] std::vector<std::string> plan_outputs(const std::vector<InputFile>& inputs, const OutputChoice& choice,
                                                    const DefaultName& default_name,
                                                    const std::vector<std::string>& kept = {});

/// Throws Error{invalid_option} if `output`, which the option `option` names, is one of the inputs.
void check_not_an_input(const std::string& option, const std::string& output, const std::vector<InputFile>& inputs);

/// "a.png" to "a.vqi": what compress writes.
[[nodiscard]] std::string compressed_name(const std::string& file_name);

/// "a.vqi" to "a.decoded.png": what decompress writes.
[[nodiscard]] std::string decompressed_name(const std::string& file_name);

}  // namespace vqi::tool
