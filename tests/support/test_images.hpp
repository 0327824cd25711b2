// Makes small images for tests.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "random.hpp"
#include "vqi/image.hpp"

namespace vqi::test {
using namespace detail;

enum class Content { noise, smooth, few_colours, flat };

/// An image that depends on the arguments alone. Smooth images have gradients with some noise, as photographs do.
inline Image make_image(std::uint32_t width, std::uint32_t height, std::uint32_t channels, std::uint32_t depth,
                        Content content, std::uint64_t seed = 1) {
  Image image(width, height, channels, depth);
  Random random(seed);
  const std::uint32_t top = depth == 16 ? 65535 : 255;
  const auto sample_of = [&](std::uint32_t x, std::uint32_t y, std::uint32_t c) -> std::uint64_t {
    switch (content) {
      case Content::noise:
        return random.below(std::uint64_t{top} + 1);
      case Content::smooth:
        return (std::uint64_t{top} * (x * (c + 1) + y * (4 - c)) / (4 * (width + height)) +
                random.below(top / 32 + 1)) %
               (std::uint64_t{top} + 1);
      case Content::few_colours:
        return (x / 3 + y / 5 + c) % 7 * (top / 7);
      case Content::flat:
        return top / 3;
    }
    return 0;
  };
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x)
      for (std::uint32_t c = 0; c < channels; ++c) {
        const std::uint64_t value = sample_of(x, y, c);
        const std::size_t at = std::size_t{x} * channels + c;
        if (depth == 16)
          image.row16(y)[at] = static_cast<std::uint16_t>(value);
        else
          image.row(y)[at] = static_cast<std::byte>(value);
      }
  return image;
}

/// Soft blobs with noise, as in photographs out of focus: random values every 12 pixels, interpolated between them. 8
/// bits.
inline Image make_blobs(std::uint32_t width, std::uint32_t height, std::uint32_t channels) {
  constexpr std::uint32_t step = 12;
  const std::uint32_t columns = width / step + 2;
  Random random(width + height + channels);
  std::vector<std::uint64_t> values(std::size_t{columns} * (height / step + 2) * channels);
  for (std::uint64_t& value : values) value = random.below(240);
  Image image(width, height, channels, 8);
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x)
      for (std::uint32_t c = 0; c < channels; ++c) {
        const auto value_at = [&](std::uint32_t right, std::uint32_t down) {
          return values[(std::size_t{y / step + down} * columns + x / step + right) * channels + c];
        };
        const std::uint64_t upper = value_at(0, 0) * (step - x % step) + value_at(1, 0) * (x % step);
        const std::uint64_t lower = value_at(0, 1) * (step - x % step) + value_at(1, 1) * (x % step);
        const std::uint64_t soft = (upper * (step - y % step) + lower * (y % step)) / (step * step);
        image.row(y)[std::size_t{x} * channels + c] = static_cast<std::byte>(soft + random.below(16));
      }
  return image;
}

inline std::uint32_t sample_at(const Image& image, std::uint32_t x, std::uint32_t y, std::uint32_t c) {
  const std::size_t at = std::size_t{x} * image.channels() + c;
  if (image.bit_depth() == 16) return reinterpret_cast<const std::uint16_t*>(image.row(y))[at];
  return static_cast<std::uint32_t>(image.row(y)[at]);
}

inline bool same_samples(const Image& first, const Image& second) {
  return first.width_px() == second.width_px() && first.height_px() == second.height_px() &&
         first.channels() == second.channels() && first.bit_depth() == second.bit_depth() &&
         std::equal(first.samples().begin(), first.samples().end(), second.samples().begin());
}

}  // namespace vqi::test
