// Images to JPEG files in memory, through libjpeg-turbo.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "vqi/image.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// The bytes of a baseline JPEG of quality 95 with all colour samples, its density and a profile that fits. `image` is
/// grey or RGB of 8 bits and at most 65500 pixels a side. Throws Error{limit_exceeded, cancelled, invalid_image}.
[[nodiscard]] std::vector<std::byte> write_jpeg(const ImageView& image, std::string_view extension,
                                                const RunOptions& run);

}  // namespace vqi::detail
