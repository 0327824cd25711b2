// PNG files in memory to images, through libpng.
#pragma once

#include <cstddef>
#include <span>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// True if `bytes` begin with PNG's signature.
[[nodiscard]] bool is_png(std::span<const std::byte> bytes);

/// The header of a PNG; see `inspect_image`. Throws Error{corrupt_image}.
[[nodiscard]] ImageFileInfo inspect_png(std::span<const std::byte> bytes);

/// Decodes a PNG straight into the rows of the image that is returned; the rules are those of
/// `read_image`. Throws Error{corrupt_image} where damage may have changed or lost pixels, a wrong checksum of a
/// chunk that says something of them included, Error{limit_exceeded} before taking memory for them, and
/// Error{cancelled} where `run.progress` says so.
[[nodiscard]] ReadImage read_png(std::span<const std::byte> bytes, const ReadOptions& options,
                                 const RunOptions& run = {});

/// As `read_image_rows`, for a file that begins with PNG's signature.
[[nodiscard]] ImageRows read_png_rows(const ByteSource& file, const ReadOptions& options, const RunOptions& run);

}  // namespace vqi::detail
