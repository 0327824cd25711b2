// What the marker segments of a JPEG file in front of its first scan say.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vqi/image.hpp"

namespace vqi::detail {

/// Size, coding and metadata of a JPEG before it is decoded.
struct JpegSegments {
  std::uint8_t frame_marker = 0;  ///< of the SOF segment: 0xC0..0xCF
  std::uint32_t width_px = 0;     ///< as stored, before orientation
  std::uint32_t height_px = 0;    ///< as stored
  std::uint32_t components = 0;
  std::uint64_t coefficients = 0;  ///< of all components
  std::uint32_t orientation = 1;   ///< EXIF's 1..8
  std::optional<PixelDensity> density;
  std::vector<std::byte> icc_profile;  ///< its segments joined, in order
  bool has_damaged_profile = false;    ///< segments of the profile are missing
  bool has_other_pictures = false;     ///< pictures follow its end (CIPA DC-007, MPF)
  bool has_several_scans = false;      ///< a progressive file, or its first scan has not all components
  std::vector<std::string> dropped;    ///< as `ReadImage::dropped`
};

/// Reads the segments up to the first scan of bytes that begin with a JPEG's signature. Throws Error{corrupt_image}
/// where they are damaged, and Error{not_an_image} where the file is of a kind that vqi does not read.
[[nodiscard]] JpegSegments read_jpeg_segments(std::span<const std::byte> bytes);

}  // namespace vqi::detail
