// Chooses the output of each input, and checks that no two outputs collide.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "find_inputs.hpp"

namespace vqi::tool {

/// The values of -o, --output-dir and --recursive; -o excludes the other two.
struct OutputChoice {
  std::optional<std::string> file;
  std::optional<std::string> folder;
  bool recursive = false;
};

/// The default file name of an output, without folder, given the file name of its input.
using DefaultName = std::function<std::string(const std::string&)>;

/// The output of each input, in order; "" for an input with a fault. Throws Error{invalid_option} before any work if
/// "-" is named twice or needs a file name for --output-dir, if -o would get several outputs, if two inputs have the
/// same output, or if an output is also an input or one of `kept`, other files that are only read.
[[nodiscard]] std::vector<std::string> plan_outputs(const std::vector<InputFile>& inputs, const OutputChoice& choice,
                                                    const DefaultName& default_name,
                                                    const std::vector<std::string>& kept = {});

/// Throws Error{invalid_option} if `output`, the value of the option `option`, is one of the inputs.
void check_not_an_input(const std::string& option, const std::string& output, const std::vector<InputFile>& inputs);

/// "a.vqi" for "a.png": the default output of compress.
[[nodiscard]] std::string compressed_name(const std::string& file_name);

/// "a.decoded.png" for "a.vqi": the default output of decompress.
[[nodiscard]] std::string decompressed_name(const std::string& file_name);

}  // namespace vqi::tool
