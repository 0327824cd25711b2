// Images to TIFF files, through libtiff.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vqi/image.hpp"
#include "vqi/image_io.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// The bytes of a TIFF file: Deflate, with differences of neighbours where that is smaller; alpha declared as straight;
/// resolution and ICC profile kept. `run` as for PNG in `write_image_bytes`.
[[nodiscard]] std::vector<std::byte> write_tiff(const ImageView& image, std::string_view extension,
                                                const RunOptions& run);

/// As `write_image_rows`.
std::uint64_t write_tiff_rows(const RowGiver& image, const ByteSink& file, std::string_view extension);

}  // namespace vqi::detail
