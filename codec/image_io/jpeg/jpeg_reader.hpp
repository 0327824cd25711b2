// JPEG files in memory to images, through libjpeg-turbo.
#pragma once

#include <cstddef>
#include <span>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// True if `bytes` begin as a JPEG does.
[[nodiscard]] bool is_jpeg(std::span<const std::byte> bytes);

/// The header of a JPEG; see `inspect_image`. Throws Error{corrupt_image, not_an_image}.
[[nodiscard]] ImageFileInfo inspect_jpeg(std::span<const std::byte> bytes);

/// Decodes a JPEG, upright; the rules are those of `read_image`. Throws Error{corrupt_image, not_an_image}, and
/// Error{limit_exceeded} before it takes memory for pixels.
[[nodiscard]] ReadImage read_jpeg(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run);

}  // namespace vqi::detail
