// CodebookTiles: the codewords of a codebook as tiles of a picture, the most used first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "vqi/codec.hpp"

namespace vqi::tool {

struct CodebookTiles {
  std::vector<std::byte> sheet;  ///< a PNG of the tiles at 8 bits, row by row, `columns` per row
  std::uint32_t columns = 0;
  std::uint32_t tile_width_px = 0;
  std::uint32_t tile_height_px = 0;
  std::uint32_t codeword_count = 0;   ///< codewords of the codebook, at least as many as tiles
  std::uint64_t vector_count = 0;     ///< indices of the index map
  std::vector<std::uint64_t> counts;  ///< for each tile, the number of vectors with its codeword; descending
};

/// Tiles for the `max_tiles` most used of the `k` codewords, or for fewer if the tiles would have more than 65,536
/// pixels together. Codewords that are used equally often keep the codebook's order.
[[nodiscard]] CodebookTiles codebook_tiles(const IndexedImage& indexed, std::uint32_t k, std::uint32_t max_tiles);

}  // namespace vqi::tool
