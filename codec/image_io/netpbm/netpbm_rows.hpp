// Rows of PGM, PPM and PAM files that are not in memory.
#pragma once

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// As `read_image_rows`, for Netpbm files; with an obstacle where rows are not samples as they lie, or something is
/// behind them.
[[nodiscard]] ImageRows read_netpbm_rows(const ByteSource& file, const ReadOptions& options, const RunOptions& run);

}  // namespace vqi::detail
