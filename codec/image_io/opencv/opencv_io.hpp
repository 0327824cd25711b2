// Image files other than PNG to images and back, through OpenCV.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// True if the bytes begin as a file does that OpenCV is asked to read.
[[nodiscard]] bool opencv_recognises(std::span<const std::byte> bytes);

/// See `inspect_image`.
[[nodiscard]] ImageFileInfo inspect_with_opencv(std::span<const std::byte> bytes);

/// Decodes a file that `opencv_recognises`. Throws Error{corrupt_image, not_an_image, limit_exceeded}; no cv::Exception
/// comes out, and nothing is printed.
[[nodiscard]] ReadImage read_with_opencv(std::span<const std::byte> bytes, const ReadOptions& options,
                                         const RunOptions& run);

/// The bytes of a file in the format of `extension`, which can hold the image. Throws Error{invalid_image,
/// limit_exceeded}.
[[nodiscard]] std::vector<std::byte> write_with_opencv(const ImageView& image, std::string_view extension,
                                                       const RunOptions& run);

}  // namespace vqi::detail
