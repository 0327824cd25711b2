// Density, gamma, rendering intent and ICC profile of a BMP to ColourMetadata.
#pragma once

#include "bmp_header.hpp"
#include "byte_window.hpp"
#include "vqi/image_io.hpp"

namespace vqi::detail {

/// Fills the metadata of `read.image`, and what is not kept into its warnings and `dropped`. A profile is kept if it is
/// one for RGB and takes at most `max_profile_bytes`.
void read_bmp_colours(const ByteWindow& window, const BmpHeader& header, std::uint64_t max_profile_bytes,
                      ReadImage& read);

/// Where the ICC profile of `has_bmp_profile` ends, or 0 if there is none.
[[nodiscard]] std::uint64_t end_of_bmp_profile(const ByteWindow& window, const BmpHeader& header);

/// True if the file says that it has an ICC profile of its own.
[[nodiscard]] bool has_bmp_profile(const ByteWindow& window, const BmpHeader& header);

}  // namespace vqi::detail
