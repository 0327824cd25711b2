// BlockImage: an index map with its codebook and the size of a block, from which every form is written.
#pragma once

#include <cstddef>
#include <cstdint>

#include "palette.hpp"
#include "vqi/codec.hpp"

namespace vqi::tool {

struct BlockImage {
  IndexedImage indexed;
  std::uint32_t k = 0;
  std::uint32_t block_width_px = 1;
  std::uint32_t block_height_px = 1;

  [[nodiscard]] bool has_blocks() const noexcept { return block_width_px != 1 || block_height_px != 1; }
  [[nodiscard]] std::size_t pixels_in_block() const noexcept { return std::size_t{block_width_px} * block_height_px; }
  /// The indices of row `y` of the map.
  [[nodiscard]] const std::uint16_t* map_row(std::uint32_t y) const noexcept {
    return indexed.indices.data() + std::size_t{y} * indexed.map_width;
  }
  /// Pixel `i` of codeword `k`, row by row.
  [[nodiscard]] Rgba pixel(std::uint32_t codeword, std::size_t i) const noexcept;
  /// True if a pixel of a codeword is not opaque.
  [[nodiscard]] bool has_alpha() const noexcept;
  /// True if the blocks of the map reach beyond the image.
  [[nodiscard]] bool is_padded() const noexcept;
};

/// `indexed`, which has `k` codewords.
[[nodiscard]] BlockImage block_image(IndexedImage indexed, std::uint32_t k);

}  // namespace vqi::tool
