// WebP files in memory to images, through libwebp and its demuxer.
#pragma once

#include <cstddef>
#include <span>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// True if `bytes` begin as a WebP does.
[[nodiscard]] bool is_webp(std::span<const std::byte> bytes);

/// The header of a WebP; see `inspect_image`. Throws Error{corrupt_image}.
[[nodiscard]] ImageFileInfo inspect_webp(std::span<const std::byte> bytes);

/// Decodes a WebP, upright, or the canvas at a frame of an animation; the rules are those of `read_image`. Throws
/// Error{corrupt_image}, and Error{limit_exceeded} before it takes memory for pixels.
[[nodiscard]] ReadImage read_webp(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run);

}  // namespace vqi::detail
