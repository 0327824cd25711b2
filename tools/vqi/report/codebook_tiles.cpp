// Counts the use of codewords and copies them into a picture.
#include "codebook_tiles.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <string_view>

#include "picture_window.hpp"
#include "vqi/image_io.hpp"

namespace vqi::tool {
namespace {

constexpr std::uint32_t most_tile_pixels = 65536;  // in all tiles together
constexpr std::uint32_t most_columns = 32;

/// Codewords in the order of their tiles: by use, then by index.
std::vector<std::uint32_t> by_use(const std::vector<std::uint64_t>& counts) {
  std::vector<std::uint32_t> order(counts.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&counts](std::uint32_t a, std::uint32_t b) { return counts[a] > counts[b]; });
  return order;
}

}  // namespace

CodebookTiles codebook_tiles(const IndexedImage& indexed, std::uint32_t k, std::uint32_t max_tiles) {
  const Image codebook =
      cut_out(indexed.codebook, {0, 0, indexed.codebook.width_px(), indexed.codebook.height_px()});  // at 8 bits
  std::vector<std::uint64_t> counts(k);
  for (const std::uint16_t index : indexed.indices) ++counts[index];
  CodebookTiles tiles;
  tiles.codeword_count = k;
  tiles.vector_count = indexed.indices.size();
  tiles.tile_width_px = codebook.width_px() / k;
  tiles.tile_height_px = codebook.height_px();
  const std::uint32_t tile_pixels = tiles.tile_width_px * tiles.tile_height_px;
  const std::uint32_t count = std::min({k, max_tiles, std::max(1U, most_tile_pixels / tile_pixels)});
  tiles.columns = std::min(count, most_columns);
  const std::uint32_t rows = (count + tiles.columns - 1) / tiles.columns;
  Image sheet(tiles.columns * tiles.tile_width_px, rows * tiles.tile_height_px, codebook.channels(), 8);
  std::fill(sheet.samples().begin(), sheet.samples().end(), std::byte{0});
  const std::vector<std::uint32_t> order = by_use(counts);
  const std::size_t tile_row_bytes = std::size_t{tiles.tile_width_px} * codebook.channels();
  for (std::uint32_t n = 0; n < count; ++n) {
    tiles.counts.push_back(counts[order[n]]);
    for (std::uint32_t y = 0; y < tiles.tile_height_px; ++y)
      std::memcpy(sheet.row(n / tiles.columns * tiles.tile_height_px + y) + n % tiles.columns * tile_row_bytes,
                  codebook.row(y) + order[n] * tile_row_bytes, tile_row_bytes);
  }
  tiles.sheet = write_image_bytes(sheet, ".png");
  return tiles;
}

}  // namespace vqi::tool
