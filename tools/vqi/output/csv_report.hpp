// Writes the rows of a sweep as comma-separated values (RFC 4180, lines end in \n).
#pragma once

#include <string>
#include <vector>

#include "sweep_result.hpp"

namespace vqi::tool {

/// A header line, then a line for each row of each image. Columns are the keys of the JSON rows. A key within an object
/// becomes "seconds_train"; lists are left out but for a block, which is "[2,1]" as in JSON. Null is an empty cell, and
/// the PSNR of a lossless row is the word "lossless", or the words "lossless as
/// seen".
[[nodiscard]] std::string csv_text(const SweepResult& result);

/// The lines of one image, without the header, in the columns of `first`: an image of the same sweep.
[[nodiscard]] std::string csv_rows(const SweptImage& image, const SweptImage& first);

/// A header line, then a line for each K of each image and block size.
[[nodiscard]] std::string csv_text(const std::vector<GapOfImage>& gaps);

}  // namespace vqi::tool
