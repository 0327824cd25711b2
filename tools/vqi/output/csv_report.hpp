// The rows of a sweep as comma-separated values (RFC 4180, lines end in \n).
#pragma once

#include <string>

#include "sweep_result.hpp"

namespace vqi::tool {

/// A head and a line for each row of each image. Columns are the keys of the JSON rows, with those of
/// objects in them as "seconds_train", without lists of objects; a block is "2x1", what is null is empty, and the PSNR
/// of a lossless row is the word "lossless".
[[nodiscard]] std::string csv_text(const SweepResult& result);

}  // namespace vqi::tool
