// Images and index maps to PNG files in memory, through libpng.
#pragma once

#include <cstddef>
#include <vector>

#include "vqi/codec.hpp"
#include "vqi/image.hpp"

namespace vqi::detail {

/// The bytes of a PNG with the image's own channels and depth, and its metadata.
/// Throws Error{invalid_image, cancelled}.
[[nodiscard]] std::vector<std::byte> write_png(const ImageView& image, const ProgressCallback& progress = {});

/// The bytes of a palette PNG; see `write_indexed_png`.
[[nodiscard]] std::vector<std::byte> write_palette_png(const IndexedImage& indexed,
                                                       const ProgressCallback& progress = {});

}  // namespace vqi::detail
