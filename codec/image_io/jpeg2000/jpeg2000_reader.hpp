// JPEG 2000 files in memory to images, through OpenJPEG.
#pragma once

#include <cstddef>
#include <span>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// The header of a JPEG 2000 file; see `inspect_image`. Throws Error{corrupt_image, not_an_image}.
[[nodiscard]] ImageFileInfo inspect_jpeg2000(std::span<const std::byte> bytes);

/// Decodes a JP2 file or a codestream; the rules are those of `read_image`. Throws Error{corrupt_image, not_an_image},
/// and Error{limit_exceeded} before it takes memory for pixels.
[[nodiscard]] ReadImage read_jpeg2000(std::span<const std::byte> bytes, const ReadOptions& options,
                                      const RunOptions& run);

}  // namespace vqi::detail
