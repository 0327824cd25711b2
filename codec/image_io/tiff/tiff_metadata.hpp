// ColourMetadata from and to the fields of a TIFF page: resolution and ICC profile.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tiff_directory.hpp"
#include "tiff_handle.hpp"
#include "vqi/image_io.hpp"

namespace vqi::detail {

/// Reads the fields of the page that `handle` has read into the metadata of `read.image`, whose kind is known.
/// `has_own_colours` is false where pixels were converted to another colour space, to which no profile of the file
/// belongs.
void read_tiff_metadata(TiffHandle& handle, bool has_own_colours, ReadImage& read);

/// What else the page has, and an Image has not: "EXIF", "XMP" ...
[[nodiscard]] std::vector<std::string> dropped_tiff_metadata(const TiffDirectory& directory);

/// Sets the fields that hold `metadata`; a profile that does not fit is left out.
void set_tiff_metadata(TIFF* tiff, const ColourMetadata& metadata, bool is_colour);

}  // namespace vqi::detail
