// BlockGrid: the geometry of an image that is cut into blocks, and the copies from pixels to vectors and back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "vqi/image.hpp"

namespace vqi::detail {

/// An image as a map of blocks; the samples of a block are one vector.
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
/// Blocks that reach beyond an edge repeat the image's last column and row.
void gather_vectors(const ImageView& image, const BlockGrid& grid, std::uint32_t map_y, std::byte* vectors) noexcept;

/// Writes the one vector at column `map_x` and row `map_y` of the map.
void gather_vector(const ImageView& image, const BlockGrid& grid, std::uint32_t map_x, std::uint32_t map_y,
                   std::byte* vector) noexcept;

/// Readable bytes that a copy of the codewords needs after the last one.
inline constexpr std::size_t scatter_padding_bytes = 8;

/// Writes the `count` pixels, above 0, from column `x_px` on of row `block_row` of the blocks of one row of the map,
/// whose indices are `indices`, to `pixels`. `codewords` is as for scatter_codewords.
void scatter_pixels(const BlockGrid& grid, const std::byte* codewords, std::span<const std::uint16_t> indices,
                    std::uint32_t block_row, std::uint32_t x_px, std::uint32_t count, std::byte* pixels) noexcept;

/// Writes one codeword for each index to the pixels of row `map_y` of the map; pixels outside the image are left out.
/// `pixels` is the image's first row, and rows are `stride_bytes` apart. `codewords` has grid.vector_bytes() for each
/// codeword, and scatter_padding_bytes after the last.
void scatter_codewords(const BlockGrid& grid, const std::byte* codewords, std::span<const std::uint16_t> indices,
                       std::uint32_t map_y, std::byte* pixels, std::size_t stride_bytes) noexcept;

}  // namespace vqi::detail
