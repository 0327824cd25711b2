// Sun raster files in memory to images, through OpenCV.
#pragma once

#include <cstddef>
#include <span>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// True if `bytes` begin with the signature of Sun raster files.
[[nodiscard]] bool is_sun_raster(std::span<const std::byte> bytes);

/// See `inspect_image`.
[[nodiscard]] ImageFileInfo inspect_sun_raster(std::span<const std::byte> bytes);

/// See `read_image`. Plain files of 8 and 24 bits a pixel are read, in both orders of colours. No cv::Exception comes
/// out, and nothing is printed. A file that breaks off has no rows that could be salvaged.
[[nodiscard]] ReadImage read_sun_raster(std::span<const std::byte> bytes, const ReadOptions& options,
                                        const RunOptions& run);

}  // namespace vqi::detail
