// Images to BMP files: grey with a palette of 8 bits, RGB with 24 bits.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "vqi/image.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// The bytes of a BMP file of an image of 1 or 3 channels and 8 bits, without compression. Throws
/// Error{invalid_option} for over 4 GB, and Error{limit_exceeded, cancelled}.
[[nodiscard]] std::vector<std::byte> write_bmp(const ImageView& image, std::string_view extension,
                                               const RunOptions& run);

}  // namespace vqi::detail
