// BlockGrid: the geometry of an image cut into blocks, and the way from pixels to vectors and back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "vqi/image.hpp"

namespace vqi::detail {

/// An image of `width_px` x `height_px` as a map of blocks; a block's samples are one vector.
struct BlockGrid {
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::uint32_t channels = 0;
  std::uint32_t bit_depth = 8;
  std::uint32_t block_width_px = 1;
  std::uint32_t block_height_px = 1;

  [[nodiscard]] std::uint32_t map_width() const noexcept {
    return width_px / block_width_px + (width_px % block_width_px != 0 ? 1 : 0);
  }
  [[nodiscard]] std::uint32_t map_height() const noexcept {
    return height_px / block_height_px + (height_px % block_height_px != 0 ? 1 : 0);
  }
  [[nodiscard]] std::uint64_t vector_count() const noexcept { return std::uint64_t{map_width()} * map_height(); }
  /// Samples in a vector.
  [[nodiscard]] std::uint32_t dimension() const noexcept { return block_width_px * block_height_px * channels; }
  [[nodiscard]] std::size_t pixel_bytes() const noexcept { return std::size_t{channels} * (bit_depth / 8); }
  [[nodiscard]] std::size_t vector_bytes() const noexcept { return std::size_t{dimension()} * (bit_depth / 8); }
  [[nodiscard]] bool has_alpha() const noexcept { return channels == 2 || channels == 4; }
  [[nodiscard]] bool single_pixels() const noexcept { return block_width_px == 1 && block_height_px == 1; }
};

/// Writes the vectors of row `map_y` of the map to `vectors` (map_width() * vector_bytes() bytes).
/// Blocks that reach over an edge repeat the image's last column and row.
void gather_vectors(const ImageView& image, const BlockGrid& grid, std::uint32_t map_y, std::byte* vectors) noexcept;

/// Writes the one vector at column `map_x` and row `map_y` of the map.
void gather_vector(const ImageView& image, const BlockGrid& grid, std::uint32_t map_x, std::uint32_t map_y,
                   std::byte* vector) noexcept;

/// Writes one codeword per index to the pixels of row `map_y` of the map, without what lies outside
/// the image. `pixels` is the image's first row, rows `stride_bytes` apart; every index has its
/// codeword in `codewords` (grid.vector_bytes() each, with at least 8 readable bytes behind the last).
void scatter_codewords(const BlockGrid& grid, const std::byte* codewords, std::span<const std::uint16_t> indices,
                       std::uint32_t map_y, std::byte* pixels, std::size_t stride_bytes) noexcept;

}  // namespace vqi::detail
