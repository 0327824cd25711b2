// Images, palettes and figures that the tests of dithering share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "dither_palette.hpp"
#include "sample_array.hpp"
#include "vqi/image.hpp"

namespace vqi::test {
using namespace detail;

using Colour = std::vector<std::uint32_t>;  // a sample for each channel

inline SampleArray palette_of(const std::vector<Colour>& colours, std::uint32_t bit_depth = 8) {
  SampleArray codewords(colours.size(), static_cast<std::uint32_t>(colours.front().size()), bit_depth);
  for (std::size_t k = 0; k < colours.size(); ++k)
    for (std::size_t c = 0; c < colours[k].size(); ++c) store_sample(codewords.row(k), c, bit_depth, colours[k][c]);
  return codewords;
}

/// An image whose pixel (x, y) is colour_of(x, y).
template <typename ColourOf>
Image image_of(std::uint32_t width, std::uint32_t height, std::uint32_t channels, const ColourOf& colour_of,
               std::uint32_t bit_depth = 8) {
  Image image(width, height, channels, bit_depth);
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x) {
      const Colour colour = colour_of(x, y);
      for (std::uint32_t c = 0; c < channels; ++c)
        store_sample(image.row(y), std::size_t{x} * channels + c, bit_depth, colour[c]);
    }
  return image;
}

/// The nearest codeword of each pixel, opaque ones for opaque pixels.
inline std::vector<std::uint16_t> nearest_map(const Image& image, const SampleArray& codewords) {
  const DitherPalette palette(codewords, image.channels());
  DitherSearch search(palette);
  std::vector<std::uint16_t> indices;
  std::vector<DitherPoint> points(image.width_px());
  for (std::uint32_t y = 0; y < image.height_px(); ++y) {
    read_points(image, y, points);
    for (const DitherPoint& point : points) indices.push_back(search.nearest(point, palette.is_opaque(point)));
  }
  return indices;
}

/// The mean of a channel of the codewords over the pixels x .. x + width - 1, y .. y + height - 1.
inline double mean_of(const SampleArray& codewords, const std::vector<std::uint16_t>& indices,
                      std::uint32_t image_width, std::uint32_t x, std::uint32_t y, std::uint32_t width,
                      std::uint32_t height, std::uint32_t channel) {
  double sum = 0;
  for (std::uint32_t row = y; row < y + height; ++row)
    for (std::uint32_t column = x; column < x + width; ++column)
      sum += codewords.at(indices[std::size_t{row} * image_width + column], channel);
  return sum / (double{1} * width * height);
}

}  // namespace vqi::test
