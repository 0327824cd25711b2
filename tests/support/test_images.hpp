// Makes small images for tests, and compares images by plain loops.
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

/// A ball with soft edges on a transparent ground, RGBA: alpha falls from the middle on, and noise lies under it
/// everywhere, where it is hidden too. 8 bits.
inline Image make_soft_sprite(std::uint32_t side, std::uint64_t seed = 1) {
  Image image(side, side, 4, 8);
  Random random(seed);
  const std::int64_t middle = side / 2;
  for (std::uint32_t y = 0; y < side; ++y)
    for (std::uint32_t x = 0; x < side; ++x) {
      const std::int64_t dx = x - middle;
      const std::int64_t dy = y - middle;
      const std::int64_t part = 510 * (dx * dx + dy * dy) / (middle * middle);  // 510 at the border
      std::byte* const pixel = image.row(y) + std::size_t{x} * 4;
      for (std::uint32_t c = 0; c < 3; ++c) {
        const std::uint64_t shade = (x * (c + 1) + y * (3 - c)) * 128 / (4 * side);
        pixel[c] = static_cast<std::byte>(part > 400 ? random.below(256) : shade + random.below(64));
      }
      pixel[3] = static_cast<std::byte>(std::clamp<std::int64_t>(400 - part, 0, 255));
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

/// The errors between two images of one type, by plain loops.
struct PlainErrors {
  std::uint64_t sum = 0;           ///< of squared differences of premultiplied samples; without alpha straight ones
  std::uint64_t straight_sum = 0;  ///< of squared differences of straight samples
  std::uint32_t max_error = 0;     ///< largest difference of one straight sample
  std::size_t samples = 0;

  [[nodiscard]] double mse() const { return static_cast<double>(sum) / static_cast<double>(samples); }
  [[nodiscard]] double mse_straight() const { return static_cast<double>(straight_sum) / static_cast<double>(samples); }
};

/// Premultiplies by the formula of vqi/metrics.hpp.
inline PlainErrors plain_errors(const Image& first, const Image& second) {
  const std::uint64_t top = first.view().max_value();
  const std::size_t channels = first.channels();
  const bool has_alpha = channels % 2 == 0;
  PlainErrors errors;
  errors.samples = first.size_bytes() / (first.bit_depth() / 8);
  const auto sample = [](const Image& image, std::size_t i) -> std::uint64_t {
    if (image.bit_depth() == 8) return std::to_integer<std::uint64_t>(image.samples()[i]);
    return image.row16(0)[i];
  };
  const auto seen = [&](const Image& image, std::size_t i) {
    const std::size_t alpha = i / channels * channels + channels - 1;
    if (!has_alpha || i == alpha) return sample(image, i);
    return (sample(image, i) * sample(image, alpha) + top / 2) / top;
  };
  const auto distance = [](std::uint64_t a, std::uint64_t b) { return a > b ? a - b : b - a; };
  for (std::size_t i = 0; i < errors.samples; ++i) {
    const std::uint64_t straight = distance(sample(first, i), sample(second, i));
    const std::uint64_t premultiplied = distance(seen(first, i), seen(second, i));
    errors.straight_sum += straight * straight;
    errors.sum += premultiplied * premultiplied;
    errors.max_error = std::max(errors.max_error, static_cast<std::uint32_t>(straight));
  }
  return errors;
}

}  // namespace vqi::test
