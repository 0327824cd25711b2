// PaletteImage: the palette and indices that every contender returns, and one plain loop that measures their
// distortion.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "vqi/codec.hpp"
#include "vqi/image.hpp"

namespace vqi::bench {

/// A codebook of 8-bit colours and an index for each pixel, row-major.
struct PaletteImage {
  std::vector<std::array<std::uint8_t, 3>> palette;
  std::vector<std::uint16_t> indices;
};

/// The squared errors of the three samples of a pixel, summed, then averaged over the pixels: three times the mse of
/// EncodeReport. `image` is 8-bit RGB.
[[nodiscard]] double sum_mse(const Image& image, const PaletteImage& result);

/// The palette and indices of a decoded stream, which must be of an 8-bit RGB image with blocks of 1x1.
[[nodiscard]] PaletteImage palette_image(const IndexedImage& indexed);

}  // namespace vqi::bench
