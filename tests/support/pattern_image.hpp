// pattern_image: small images of ramps and hashed noise, whose recipe gives the same samples in C++ and in numpy.
#pragma once

#include <algorithm>
#include <cstdint>

#include "vqi/image.hpp"

namespace vqi::test {

/// Triangle waves along x, y and the channels, plus noise whose values and amplitude depend on `seed`. All
/// arithmetic is on integers, so that figures computed elsewhere from the same recipe are figures of exactly these
/// samples.
inline Image pattern_image(std::uint32_t width_px, std::uint32_t height_px, std::uint32_t channels,
                           std::uint32_t bit_depth, std::uint32_t seed) {
  Image image(width_px, height_px, channels, bit_depth);
  for (std::uint32_t y = 0; y < height_px; ++y) {
    for (std::uint32_t i = 0; i < width_px * channels; ++i) {
      const std::uint32_t x = i / channels;
      const std::uint32_t channel = i % channels;
      std::uint32_t hash = (x * 73856093U) ^ (y * 19349663U) ^ (channel * 83492791U) ^ (seed * 2654435761U);
      hash = (hash ^ (hash >> 15)) * 0x2c1b3c6dU;
      hash ^= hash >> 12;
      const std::uint32_t ramp = (x * 5 + y * 3 + channel * 40) % 256;
      const std::uint32_t wave = ramp < 128 ? ramp * 2 : (255 - ramp) * 2;
      const std::uint32_t value = std::min(wave + hash % (4 + 9 * seed), 255U);
      if (bit_depth == 16) {
        image.row16(y)[i] = static_cast<std::uint16_t>(value * 256 + ((hash >> 8) & 255));
      } else {
        image.row(y)[i] = static_cast<std::byte>(value);
      }
    }
  }
  return image;
}

}  // namespace vqi::test
