// Finds codewords in the row of blocks that a codebook is.
#include "block_image.hpp"

#include <utility>

namespace vqi::tool {

Rgba BlockImage::pixel(std::uint32_t codeword, std::size_t i) const noexcept {
  const auto y = static_cast<std::uint32_t>(i / block_width_px);
  const auto x = static_cast<std::uint32_t>(i % block_width_px);
  return rgba_of_pixel(indexed.codebook, y, codeword * block_width_px + x);
}

bool BlockImage::has_alpha() const noexcept {
  const Image& codebook = indexed.codebook;
  if (codebook.channels() % 2 != 0) return false;
  const std::uint32_t opaque = codebook.bit_depth() == 16 ? 65535 : 255;
  for (std::uint32_t y = 0; y < codebook.height_px(); ++y)
    for (std::uint32_t x = 0; x < codebook.width_px(); ++x)
      if (rgba_of_pixel(codebook, y, x)[3] != opaque) return true;
  return false;
}

bool BlockImage::is_padded() const noexcept {
  return indexed.map_width * block_width_px != indexed.width_px ||
         indexed.map_height * block_height_px != indexed.height_px;
}

BlockImage block_image(IndexedImage indexed, std::uint32_t k) {
  BlockImage image;
  image.k = k;
  image.block_width_px = indexed.codebook.width_px() / k;
  image.block_height_px = indexed.codebook.height_px();
  image.indexed = std::move(indexed);
  return image;
}

}  // namespace vqi::tool
