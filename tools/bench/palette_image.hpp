// PaletteImage: what every contender makes of an RGB image, and its distortion by one plain loop for all.
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

/// The sum of the three squared errors, averaged over the pixels: three times EncodeReport's mse.
/// `image` is 8-bit RGB.
[[nodiscard]] double sum_mse(const Image& image, const PaletteImage& result);

/// What a decoded stream holds. One of an 8-bit RGB image without blocks.
[[nodiscard]] PaletteImage palette_image(const IndexedImage& indexed);

}  // namespace vqi::bench
