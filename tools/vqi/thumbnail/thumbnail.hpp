// Thumbnails: an image made smaller, each pixel the mean of those that it covers.
#pragma once

#include <cstdint>

#include "vqi/image.hpp"

namespace vqi::tool {

struct ThumbnailSize {
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  bool operator==(const ThumbnailSize&) const = default;
};

/// The size that has `longest_side_px` as its longest side and the image's shape, rounded, with no side under 1. An
/// image that is no larger keeps its size.
[[nodiscard]] ThumbnailSize thumbnail_size(std::uint32_t width_px, std::uint32_t height_px,
                                           std::uint32_t longest_side_px);

/// The image at that size, which is at most its own, in its type. A pixel is the mean of the code values in its area,
/// each source pixel weighted by how much of it lies in there, colours also by their alpha. Keeps what says how samples
/// look, but for the density, which the size has changed. The time is linear in the image's pixels.
[[nodiscard]] Image thumbnail(const ImageView& image, const ThumbnailSize& size);

}  // namespace vqi::tool
