// Images to PNG files in memory, through libpng; those of few colours as palettes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vqi/image.hpp"
#include "vqi/image_io.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// The bytes of a PNG from which the image is read back with its channels and depth, and its metadata: a palette where
/// there are few colours, grey of 1, 2 or 4 bits where it holds the samples.
/// Throws Error{invalid_image, limit_exceeded, cancelled}.
[[nodiscard]] std::vector<std::byte> write_png(const ImageView& image, const RunOptions& run = {});

/// As `write_image_rows`; a palette keeps the order in which its colours appear.
std::uint64_t write_png_rows(const RowGiver& image, const ByteSink& file, std::string_view extension);

}  // namespace vqi::detail
