// OpenJPEG's components to an image: upsampled, in RGB, in full range, alpha straight.
#pragma once

#include <openjpeg.h>

#include <string>
#include <vector>

#include "vqi/image.hpp"

namespace vqi::detail {

/// The picture that the components show, of the size of the largest; what is left out is told in `warnings`. Throws
/// Error{not_an_image} for kinds of colours and channels that are not read.
[[nodiscard]] Image image_of_components(const opj_image_t& decoded, std::vector<std::string>& warnings);

}  // namespace vqi::detail
