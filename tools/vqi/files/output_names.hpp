// Chooses the output of each input, and checks that no two outputs collide.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "failure.hpp"
#include "find_inputs.hpp"

namespace vqi::tool {

/// The default file name of an output, without folder, given the file name of its input.
using DefaultName = std::function<std::string(const std::string&)>;

/// Where outputs go, and which are made.
struct OutputChoice {
  std::optional<std::string> file;    ///< -o
  std::optional<std::string> folder;  ///< --output-dir; not with `file`
  bool keep_extension = false;        ///< outputs are named by `name_after`
  DefaultName name_after{};           ///< default names that keep the input's extension; none where no option does
  bool may_replace_input = false;     ///< an output may be its own input
  bool skip_existing = false;
  bool preserve = false;  ///< outputs get the times of their inputs
};

/// The output of each input, in order; "" for an input with a fault.
struct OutputPlan {
  std::vector<std::string> outputs;
  std::vector<Failure> clashes;  ///< one for each output that several inputs have; they belong to no input
};

/// Chooses the outputs. Throws Error{invalid_option} if "-" is named twice or needs a file name for --output-dir, if -o
/// would get several outputs, or if an output is also an input or one of `kept`, other files that are only read.
[[nodiscard]] OutputPlan plan_outputs(const std::vector<InputFile>& inputs, const OutputChoice& choice,
                                      const DefaultName& default_name, const std::vector<std::string>& kept = {});

/// Throws Error{invalid_option} if standard input is named twice.
void check_one_standard_input(const std::vector<std::string>& inputs);

/// Throws Error{invalid_option} if `output`, which the option `option` names, is one of the inputs or of `kept`.
void check_not_an_input(const std::string& option, const std::string& output, const std::vector<InputFile>& inputs,
                        const std::vector<std::string>& kept);

/// "a.vqi" for "a.png": the default output of compress.
[[nodiscard]] std::string compressed_name(const std::string& file_name);

/// "a.png.vqi" for "a.png": that of compress with --keep-extension.
[[nodiscard]] std::string compressed_name_after(const std::string& file_name);

/// "a.decoded.png" for "a.vqi", whatever the case of its extension: the default output of decompress.
[[nodiscard]] std::string decompressed_name(const std::string& file_name);
/// The same for a thumbnail: "a.thumbnail.png".
[[nodiscard]] std::string thumbnail_name(const std::string& file_name);
/// The same for a region: "a.region.png".
[[nodiscard]] std::string region_name(const std::string& file_name);

}  // namespace vqi::tool
