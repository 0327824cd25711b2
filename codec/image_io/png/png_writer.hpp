// Images and index maps to PNG files in memory, through libpng.
#pragma once

#include <cstddef>
#include <vector>

#include "vqi/codec.hpp"
#include "vqi/image.hpp"

namespace vqi::detail {

/// The bytes of a PNG from which the image is read back with its channels and depth, and its metadata: a palette where
/// there are few colours, grey of 1, 2 or 4 bits where it holds the samples.
/// Throws Error{invalid_image, limit_exceeded, cancelled}.
[[nodiscard]] std::vector<std::byte> write_png(const ImageView& image, const RunOptions& run = {});

/// The bytes of a palette PNG with the entries that are not opaque first; see `write_indexed_png`.
[[nodiscard]] std::vector<std::byte> write_palette_png(const IndexedImage& indexed, const RunOptions& run = {});

}  // namespace vqi::detail
