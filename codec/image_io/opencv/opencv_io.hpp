// Image files other than PNG to images and back, through OpenCV.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// Decodes a file in one of the formats that `read_image_header` knows; nothing if it is in none.
/// Throws Error{corrupt_image, not_an_image, limit_exceeded}; no cv::Exception comes out, and
/// nothing is printed.
[[nodiscard]] std::optional<ReadImage> read_with_opencv(std::span<const std::byte> bytes, const DecodeLimits& limits,
                                                        const RunOptions& run);

/// True if `extension`, in lower case with its dot, names a format that `write_with_opencv` writes.
[[nodiscard]] bool opencv_writes(std::string_view extension);

/// The bytes of a file in the format of `extension`, for which `opencv_writes` is true. WebP, TIFF
/// and JPEG 2000 are lossless. Throws Error{invalid_option} if the format cannot hold the image,
/// and Error{limit_exceeded}.
[[nodiscard]] std::vector<std::byte> write_with_opencv(const ImageView& image, std::string_view extension,
                                                       const RunOptions& run);

/// The extensions for which `opencv_writes` is true, as ".jpg, .tiff".
[[nodiscard]] std::string opencv_write_extensions();

}  // namespace vqi::detail
