// require_same_type: the check that stands before every comparison of two images.
#pragma once

#include "vqi/image.hpp"

namespace vqi::detail {

/// Throws Error{invalid_image} unless both views are valid and agree in size, channels and depth.
void require_same_type(const ImageView& reference, const ImageView& other);

}  // namespace vqi::detail
