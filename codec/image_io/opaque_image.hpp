// Images without an alpha channel that says nothing.
#pragma once

#include "vqi/image.hpp"

namespace vqi::detail {

/// An 8-bit RGBA image as RGB if each of its pixels is opaque, else as it is. Takes memory for the second image.
[[nodiscard]] Image without_opaque_alpha(Image image);

}  // namespace vqi::detail
