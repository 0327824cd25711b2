// Images for tests of image files, and their samples as plain numbers.
#pragma once

#include <cstdint>
#include <vector>

#include "vqi/image.hpp"

namespace vqi::testing {

/// An image with soft gradients, in which no two rows and no two columns are equal.
inline Image gradient_image(std::uint32_t width_px, std::uint32_t height_px, std::uint32_t channels,
                            std::uint32_t bit_depth) {
  Image image(width_px, height_px, channels, bit_depth);
  for (std::uint32_t y = 0; y < height_px; ++y)
    for (std::uint32_t x = 0; x < width_px; ++x)
      for (std::uint32_t channel = 0; channel < channels; ++channel) {
        const std::uint32_t value = (x * (channel + 2) * 3 + y * (7 - channel) * 2 + 11 * channel) % 256;
        const std::size_t index = std::size_t{x} * channels + channel;
        if (bit_depth == 16)
          image.row16(y)[index] = static_cast<std::uint16_t>(value * 256 + (x * 31 + y * 17) % 256);
        else
          image.row(y)[index] = static_cast<std::byte>(value);
      }
  return image;
}

/// All samples, row by row.
inline std::vector<std::uint32_t> samples_of(Image image) {
  std::vector<std::uint32_t> samples;
  for (std::uint32_t y = 0; y < image.height_px(); ++y)
    for (std::size_t i = 0; i < std::size_t{image.width_px()} * image.channels(); ++i)
      samples.push_back(image.bit_depth() == 16 ? image.row16(y)[i] : std::to_integer<std::uint32_t>(image.row(y)[i]));
  return samples;
}

}  // namespace vqi::testing
