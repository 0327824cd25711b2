// Writes the gap statistic as a page for a browser.
#pragma once

#include <string>
#include <vector>

#include "command_results.hpp"

namespace vqi::tool {

/// A whole HTML page without scripts: for each image and block size the curve of the gaps with their errors, and a
/// table.
[[nodiscard]] std::string gap_page(const std::vector<GapOfImage>& gaps);

}  // namespace vqi::tool
