// PBM, PGM, PPM and PAM files in memory to images.
#pragma once

#include <cstddef>
#include <span>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// True if `bytes` begin with the magic number of a Netpbm picture.
[[nodiscard]] bool is_netpbm(std::span<const std::byte> bytes);

/// The header of the first picture; see `inspect_image`.
[[nodiscard]] ImageFileInfo inspect_netpbm(std::span<const std::byte> bytes);

/// Reads one picture of a file that `is_netpbm`. Samples are scaled from their maximum value to 255, or to 65535 if it
/// is over 255, and rounded to nearest. Throws as `read_image`; a sample over the maximum value is damage.
[[nodiscard]] ReadImage read_netpbm(std::span<const std::byte> bytes, const ReadOptions& options,
                                    const RunOptions& run = {});

}  // namespace vqi::detail
