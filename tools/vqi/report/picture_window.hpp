// PictureWindow: the part of an image that a report shows, and that part as a picture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "vqi/codec.hpp"
#include "vqi/image.hpp"

namespace vqi::tool {

/// A rectangle of pixels inside an image.
struct PictureWindow {
  std::uint32_t x_px = 0;
  std::uint32_t y_px = 0;
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  bool operator==(const PictureWindow&) const = default;
};

/// The whole image if it has at most `max_pixels` pixels, else the largest rectangle of about the same shape around its
/// middle that has no more. Pixels are never scaled, because scaling would hide the errors of the codec.
[[nodiscard]] PictureWindow picture_window(std::uint32_t width_px, std::uint32_t height_px, std::uint64_t max_pixels);

/// The window of an image at 8 bits, without colour metadata. Code values of 16 bits are rounded to 8.
[[nodiscard]] Image cut_out(const ImageView& image, const PictureWindow& window);

/// A PNG of the window of a stream's image. It has a palette, which makes it much smaller, if blocks are single pixels,
/// K <= 256 and the bit depth is 8. Throws as `decode` does.
[[nodiscard]] std::vector<std::byte> decoded_png(const IndexedImage& indexed, std::span<const std::byte> stream,
                                                 const PictureWindow& window, const DecodeLimits& limits,
                                                 const RunOptions& run);

}  // namespace vqi::tool
