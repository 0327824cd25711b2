// Writes the rows of a sweep as comma-separated values (RFC 4180, lines end in \n).
#pragma once

#include <string>

#include "sweep_result.hpp"

namespace vqi::tool {

/// A header line, then a line for each row of each image. Columns are the keys of the JSON rows. A key within an object
/// becomes "seconds_train"; lists of objects are left out. A block is written "2x1", null is an empty cell, and the
/// PSNR of a lossless row is the word "lossless", or the words "lossless as seen".
[[nodiscard]] std::string csv_text(const SweepResult& result);

}  // namespace vqi::tool
