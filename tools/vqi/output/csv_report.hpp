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

/// The columns of a sweep over `inputs`, known from the first image: all images of a sweep have the same keys but for
/// input_hex, that of names that are not UTF-8.
[[nodiscard]] std::vector<std::string> csv_columns(const SweptImage& first, const std::vector<std::string>& inputs);

/// A header line of the columns.
[[nodiscard]] std::string csv_head(const std::vector<std::string>& columns);

/// The lines of one image in these columns, without the header.
[[nodiscard]] std::string csv_rows(const SweptImage& image, const std::vector<std::string>& columns);

/// A header line, then a line for each K of each image and block size.
[[nodiscard]] std::string csv_text(const std::vector<GapOfImage>& gaps);

}  // namespace vqi::tool
