// Measures and converts palette images.
#include "palette_image.hpp"

namespace vqi::bench {

double sum_mse(const Image& image, const PaletteImage& result) {
  std::uint64_t sum = 0;
  const std::byte* sample = image.samples().data();
  for (const std::uint16_t index : result.indices) {
    for (const std::uint8_t channel : result.palette[index]) {
      const int difference = std::to_integer<int>(*sample++) - channel;
      sum += static_cast<std::uint64_t>(difference * difference);
    }
  }
  return static_cast<double>(sum) / static_cast<double>(result.indices.size());
}

PaletteImage palette_image(const IndexedImage& indexed) {
  PaletteImage result;
  const std::byte* sample = indexed.codebook.samples().data();
  for (std::uint32_t k = 0; k < indexed.codebook.width_px(); ++k, sample += 3)
    result.palette.push_back({std::to_integer<std::uint8_t>(sample[0]), std::to_integer<std::uint8_t>(sample[1]),
                              std::to_integer<std::uint8_t>(sample[2])});
  result.indices = indexed.indices;
  return result;
}

}  // namespace vqi::bench
