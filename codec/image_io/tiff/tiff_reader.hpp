// TIFF and BigTIFF files to images, through libtiff.
#pragma once

#include <cstddef>
#include <span>

#include "vqi/image_io.hpp"

namespace vqi::detail {

/// True if the bytes begin as a TIFF file does.
[[nodiscard]] bool is_tiff(std::span<const std::byte> bytes) noexcept;

/// See `inspect_image`: the first page.
[[nodiscard]] ImageFileInfo inspect_tiff(std::span<const std::byte> bytes);

/// Reads a page of a file that `is_tiff`: grey, RGB, palette, CMYK, YCbCr and Lab of up to 16 unsigned bits, in strips
/// or tiles, of every compression that libtiff has; upright, in full range, with straight alpha. Nothing is printed.
/// Throws as `read_image`, and Error{invalid_option} for a page that the file does not have.
[[nodiscard]] ReadImage read_tiff(std::span<const std::byte> bytes, const ReadOptions& options, const RunOptions& run);

/// As `read_image_rows`, for a file that `is_tiff`.
[[nodiscard]] ImageRows read_tiff_rows(const ByteSource& file, const ReadOptions& options, const RunOptions& run);

}  // namespace vqi::detail
