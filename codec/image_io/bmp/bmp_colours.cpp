// BITMAPV4HEADER and BITMAPV5HEADER, as far as their meaning is the same as that of PNG's fields.
#include "bmp_colours.hpp"

#include <string>

#include "icc_profile.hpp"
#include "pixel_density.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t version4_bytes = 108;
constexpr std::uint32_t version5_bytes = 124;
constexpr std::uint32_t calibrated_space = 0;
constexpr std::uint32_t srgb_space = 0x73524742;      // "sRGB"
constexpr std::uint32_t linked_space = 0x4C494E4B;    // "LINK"
constexpr std::uint32_t embedded_space = 0x4D424544;  // "MBED"

std::uint32_t colour_space(const ByteWindow& window, const BmpHeader& header) {
  return window.le32(header.info_offset + 56);
}

/// LCS_GM_ABS_COLORIMETRIC and the like to the intents of ICC and PNG.
std::uint8_t png_intent(std::uint32_t intent) {
  switch (intent) {
    case 1:
      return 2;  // saturation
    case 2:
      return 1;  // relative colorimetric
    case 8:
      return 3;  // absolute colorimetric
    default:
      return 0;
  }
}

void keep_profile(const ByteWindow& window, const BmpHeader& header, std::uint64_t max_bytes, ReadImage& read) {
  const std::uint64_t offset = header.info_offset + window.le32(header.info_offset + 112);
  const std::uint64_t length = window.le32(header.info_offset + 116);
  if (length > max_bytes) return drop_icc_profile("it is too large", read);
  if (offset > window.size() || length > window.size() - offset)
    return drop_icc_profile("it lies outside of the file", read);
  keep_icc_profile(window.at(offset, length), read);
}

/// Gammas of red, green and blue, in 16.16 bits, that are one.
void keep_gamma(const ByteWindow& window, const BmpHeader& header, ReadImage& read) {
  const std::uint32_t gamma = window.le32(header.info_offset + 96);
  const bool is_one = gamma == window.le32(header.info_offset + 100) && gamma == window.le32(header.info_offset + 104);
  constexpr std::uint64_t one = 65536;
  if (is_one && gamma >= one / 10 && gamma <= one * 10)
    read.image.metadata().gamma = static_cast<std::uint32_t>((one * 100000 + gamma / 2) / gamma);
  for (std::uint32_t at = 60; at < 96; at += 4)
    if (window.le32(header.info_offset + at) != 0) {
      read.dropped.emplace_back("colour endpoints");
      return;
    }
}

}  // namespace

std::uint64_t end_of_bmp_profile(const ByteWindow& window, const BmpHeader& header) {
  if (!has_bmp_profile(window, header)) return 0;
  return header.info_offset + window.le32(header.info_offset + 112) + window.le32(header.info_offset + 116);
}

bool has_bmp_profile(const ByteWindow& window, const BmpHeader& header) {
  return header.info_bytes >= version5_bytes && colour_space(window, header) == embedded_space;
}

void read_bmp_colours(const ByteWindow& window, const BmpHeader& header, std::uint64_t max_profile_bytes,
                      ReadImage& read) {
  ColourMetadata& metadata = read.image.metadata();
  if (header.info_bytes >= 32) {
    const std::uint32_t x = window.le32(header.info_offset + 24);
    const std::uint32_t y = window.le32(header.info_offset + 28);
    if (x != 0 && y != 0 && x <= max_per_metre && y <= max_per_metre) metadata.density = PixelDensity{x, y, 1};
  }
  if (header.info_bytes < version4_bytes) return;
  const std::uint32_t space = colour_space(window, header);
  if (space == srgb_space) {
    const bool has_intent = header.info_bytes >= version5_bytes;
    metadata.srgb_intent = has_intent ? png_intent(window.le32(header.info_offset + 108)) : std::uint8_t{0};
  } else if (space == calibrated_space) {
    keep_gamma(window, header, read);
  } else if (space == linked_space) {
    drop_icc_profile("it is in another file", read);
  } else if (has_bmp_profile(window, header)) {
    keep_profile(window, header, max_profile_bytes, read);
  }
}

}  // namespace vqi::detail
