// An image as its orientation says that it is to be seen.
#pragma once

#include <cstdint>

#include "vqi/image.hpp"

namespace vqi::detail {

/// The image upright: `orientation` is EXIF's 1..8. Its density is turned along. Takes memory for a second image,
/// unless the orientation is 1.
[[nodiscard]] Image turned_upright(Image image, std::uint32_t orientation);

}  // namespace vqi::detail
