// BMP files of Windows and OS/2 in memory to images.
#pragma once

#include <cstddef>
#include <span>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// True if `bytes` begin as a BMP does, or an OS/2 array of BMPs.
[[nodiscard]] bool is_bmp(std::span<const std::byte> bytes);

/// The headers of a BMP; see `inspect_image`.
[[nodiscard]] ImageFileInfo inspect_bmp(std::span<const std::byte> bytes);

/// Reads a file that `is_bmp`, with 8 bits per sample. A palette without colours gives grey; an alpha mask gives alpha;
/// so do run lengths that skip pixels, which then are transparent, with the palette's first colour. Throws as
/// `read_image`.
[[nodiscard]] ReadImage read_bmp(std::span<const std::byte> bytes, const ReadOptions& options,
                                 const RunOptions& run = {});

}  // namespace vqi::detail
