// Copies of pixels and blocks, with padding at the edges.
#include "block_grid.hpp"

#include <algorithm>
#include <cstring>

#include "pixel_scatter.hpp"

namespace vqi::detail {
namespace {

/// Copies one codeword of a size known to the compiler for each index.
template <std::size_t PixelBytes>
void scatter_pixels_of(const std::byte* codewords, std::span<const std::uint16_t> indices, std::byte* row) noexcept {
  for (const std::uint16_t index : indices) {
    std::memcpy(row, codewords + index * PixelBytes, PixelBytes);
    row += PixelBytes;
  }
}

void scatter_row_of_pixels(std::size_t pixel_bytes, const std::byte* codewords, std::span<const std::uint16_t> indices,
                           std::byte* row) noexcept {
  switch (pixel_bytes) {
    case 1:
      return scatter_pixels_of<1>(codewords, indices, row);
    case 2:
      return scatter_pixels_of<2>(codewords, indices, row);
    case 3:
      return scatter_three_bytes(codewords, indices, row);
    case 4:
      return scatter_pixels_of<4>(codewords, indices, row);
    case 6:
      return scatter_pixels_of<6>(codewords, indices, row);
    default:
      return scatter_pixels_of<8>(codewords, indices, row);
  }
}

}  // namespace

void gather_vectors(const ImageView& image, const BlockGrid& grid, std::uint32_t map_y, std::byte* vectors) noexcept {
  const std::size_t pixel_bytes = grid.pixel_bytes();
  const std::size_t block_row_bytes = grid.block_width_px * pixel_bytes;
  const std::uint32_t whole_blocks = grid.width_px / grid.block_width_px;
  const std::uint32_t map_width = grid.map_width();
  for (std::uint32_t y = 0; y < grid.block_height_px; ++y) {
    const std::uint64_t wanted_row = std::uint64_t{map_y} * grid.block_height_px + y;
    const std::byte* row =
        image.row(static_cast<std::uint32_t>(std::min<std::uint64_t>(wanted_row, grid.height_px - 1)));
    std::byte* out = vectors + y * block_row_bytes;
    for (std::uint32_t x = 0; x < whole_blocks; ++x, out += grid.vector_bytes())
      std::memcpy(out, row + x * block_row_bytes, block_row_bytes);
    if (whole_blocks == map_width) continue;
    for (std::uint32_t x = 0; x < grid.block_width_px; ++x) {
      const std::uint64_t wanted = std::uint64_t{whole_blocks} * grid.block_width_px + x;
      const std::uint64_t column = std::min<std::uint64_t>(wanted, grid.width_px - 1);
      std::memcpy(out + x * pixel_bytes, row + column * pixel_bytes, pixel_bytes);
    }
  }
}

void gather_vector(const ImageView& image, const BlockGrid& grid, std::uint32_t map_x, std::uint32_t map_y,
                   std::byte* vector) noexcept {
  const std::size_t pixel_bytes = grid.pixel_bytes();
  const std::uint64_t first_column = std::uint64_t{map_x} * grid.block_width_px;
  for (std::uint32_t y = 0; y < grid.block_height_px; ++y) {
    const std::uint64_t wanted_row = std::uint64_t{map_y} * grid.block_height_px + y;
    const std::byte* row =
        image.row(static_cast<std::uint32_t>(std::min<std::uint64_t>(wanted_row, grid.height_px - 1)));
    for (std::uint32_t x = 0; x < grid.block_width_px; ++x, vector += pixel_bytes) {
      const std::uint64_t column = std::min<std::uint64_t>(first_column + x, grid.width_px - 1);
      std::memcpy(vector, row + column * pixel_bytes, pixel_bytes);
    }
  }
}

void scatter_pixels(const BlockGrid& grid, const std::byte* codewords, std::span<const std::uint16_t> indices,
                    std::uint32_t block_row, std::uint32_t x_px, std::uint32_t count, std::byte* pixels) noexcept {
  const std::size_t pixel_bytes = grid.pixel_bytes();
  if (grid.single_pixels()) return scatter_row_of_pixels(pixel_bytes, codewords, indices.subspan(x_px, count), pixels);
  const std::size_t row_begin = std::size_t{block_row} * grid.block_width_px * pixel_bytes;
  std::uint32_t column = x_px % grid.block_width_px;
  for (std::size_t block = x_px / grid.block_width_px; count > 0; ++block, column = 0) {
    const std::uint32_t part = std::min(grid.block_width_px - column, count);
    const std::size_t bytes = part * pixel_bytes;
    std::memcpy(pixels, codewords + indices[block] * grid.vector_bytes() + row_begin + column * pixel_bytes, bytes);
    pixels += bytes;
    count -= part;
  }
}

void scatter_codewords(const BlockGrid& grid, const std::byte* codewords, std::span<const std::uint16_t> indices,
                       std::uint32_t map_y, std::byte* pixels, std::size_t stride_bytes) noexcept {
  const std::size_t pixel_bytes = grid.pixel_bytes();
  const std::uint64_t first_row = std::uint64_t{map_y} * grid.block_height_px;
  if (grid.single_pixels())
    return scatter_row_of_pixels(pixel_bytes, codewords, indices, pixels + first_row * stride_bytes);
  const std::size_t block_row_bytes = grid.block_width_px * pixel_bytes;
  const std::uint64_t rows = std::min<std::uint64_t>(grid.block_height_px, grid.height_px - first_row);
  for (std::uint64_t y = 0; y < rows; ++y) {
    std::byte* out = pixels + (first_row + y) * stride_bytes;
    std::size_t left_bytes = grid.width_px * pixel_bytes;
    for (const std::uint16_t index : indices) {
      const std::size_t bytes = std::min(block_row_bytes, left_bytes);
      std::memcpy(out, codewords + index * grid.vector_bytes() + y * block_row_bytes, bytes);
      out += bytes;
      left_bytes -= bytes;
    }
  }
}

}  // namespace vqi::detail
