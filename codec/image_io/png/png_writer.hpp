// Images to PNG files in memory, through libpng; those of few colours as palettes.
#pragma once

#include <cstddef>
#include <vector>

#include "vqi/image.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// The bytes of a PNG from which the image is read back with its channels and depth, and its metadata: a palette where
/// there are few colours, grey of 1, 2 or 4 bits where it holds the samples.
/// Throws Error{invalid_image, limit_exceeded, cancelled}.
[[nodiscard]] std::vector<std::byte> write_png(const ImageView& image, const RunOptions& run = {});

}  // namespace vqi::detail
