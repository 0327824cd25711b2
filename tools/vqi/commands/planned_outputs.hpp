// What compress and decompress do alike about outputs: several inputs with one output, and outputs that exist.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "batch_line.hpp"
#include "common_options.hpp"
#include "find_inputs.hpp"
#include "output_names.hpp"

namespace vqi::tool {

/// Prints all clashes. Returns the exit code of a wrong command line.
[[nodiscard]] int refuse_clashes(const std::vector<Failure>& clashes, const CommonOptions& options, Console& console);

/// Runs `job`. With --skip-existing an output that exists is no error: the input is reported as skipped, by the name of
/// `command`.
[[nodiscard]] Outcome skipping_existing(const char* command, const InputFile& input, const std::string& output,
                                        const OutputChoice& choice, const CommonOptions& options,
                                        const BatchLayout& layout, const std::function<Outcome()>& job);

}  // namespace vqi::tool
