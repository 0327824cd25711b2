// Reads images, several at once, and gathers their statistics.
#pragma once

#include <vector>

#include "common_options.hpp"
#include "console.hpp"
#include "find_inputs.hpp"
#include "vqi/statistics.hpp"

namespace vqi::tool {

/// Adds all images to `statistics`. Returns the exit code; unless it is exit_done, images are missing, and errors have
/// been printed.
[[nodiscard]] int gather_images(const std::vector<InputFile>& inputs, const CommonOptions& common, Console& console,
                                Statistics& statistics);

}  // namespace vqi::tool
