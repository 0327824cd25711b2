// Copies the rows of each codeword to its place.
#include "tile_sheet.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace vqi::tool {

std::uint32_t sheet_columns(std::uint32_t k) noexcept {
  std::uint32_t columns = 1;
  while (std::uint64_t{columns} * columns < k) columns *= 2;
  return columns;
}

Image draw_tile_sheet(const BlockImage& image) {
  const Image& codebook = image.indexed.codebook;
  const std::uint32_t columns = sheet_columns(image.k);
  const std::uint32_t rows = (image.k + columns - 1) / columns;
  Image sheet(columns * image.block_width_px, rows * image.block_height_px, codebook.channels(), codebook.bit_depth());
  std::fill(sheet.samples().begin(), sheet.samples().end(), std::byte{0});
  const std::size_t tile_bytes = codebook.row_bytes() / image.k;
  for (std::uint32_t k = 0; k < image.k; ++k)
    for (std::uint32_t y = 0; y < image.block_height_px; ++y)
      std::memcpy(sheet.row(k / columns * image.block_height_px + y) + k % columns * tile_bytes,
                  codebook.row(y) + k * tile_bytes, tile_bytes);
  sheet.metadata() = image.indexed.metadata;
  return sheet;
}

}  // namespace vqi::tool
