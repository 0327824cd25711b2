// Decoded samples to an Image: channel order, orientation, range, alpha, in one pass.
#pragma once

#include <cstddef>
#include <cstdint>

#include "image_header.hpp"
#include "vqi/image.hpp"

namespace vqi::detail {

/// Samples as a decoder left them. Borrowed.
struct DecodedSamples {
  const std::byte* data = nullptr;
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::uint32_t channels = 0;   ///< 1, 3 or 4
  std::uint32_t bit_depth = 8;  ///< 8 or 16
  std::size_t stride_bytes = 0;
};

/// The image that `samples` stand for, with what `header` says applied: upright, in RGB order, in
/// full range, alpha straight or left out.
[[nodiscard]] Image copy_samples(const DecodedSamples& samples, const ImageHeader& header);

}  // namespace vqi::detail
