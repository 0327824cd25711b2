// Which part of an image a report shows, and that part as a small picture.
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

/// The whole image if it has at most `max_pixels`, else the largest rectangle of about its shape
/// around its middle that has no more. Pixels are never scaled: a codec's faults would go with them.
[[nodiscard]] PictureWindow picture_window(std::uint32_t width_px, std::uint32_t height_px, std::uint64_t max_pixels);

/// The window of an image at 8 bits, without colour metadata: code values as they are.
[[nodiscard]] Image cut_out(const ImageView& image, const PictureWindow& window);

/// A PNG of the window of a stream's image: with a palette where the index map allows it, which is
/// much smaller. Throws as `decode` does.
[[nodiscard]] std::vector<std::byte> decoded_png(const IndexedImage& indexed, std::span<const std::byte> stream,
                                                 const PictureWindow& window, const DecodeLimits& limits,
                                                 const RunOptions& run);

}  // namespace vqi::tool
