// Rows of PGM, PPM and PAM files that are not in memory.
#pragma once

#include <optional>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// As `read_image_rows`, for Netpbm files.
[[nodiscard]] std::optional<ImageRows> read_netpbm_rows(const ByteSource& file, const DecodeLimits& limits);

}  // namespace vqi::detail
