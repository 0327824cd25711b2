// A codebook as a report shows it: its codewords as tiles, the most used first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "vqi/codec.hpp"

namespace vqi::tool {

struct CodebookTiles {
  std::vector<std::byte> sheet;  ///< a PNG of the tiles, row by row at 8 bits, `columns` in a row
  std::uint32_t columns = 0;
  std::uint32_t tile_width_px = 0;
  std::uint32_t tile_height_px = 0;
  std::uint32_t codeword_count = 0;   ///< in the codebook; there may be fewer tiles
  std::uint64_t vector_count = 0;     ///< in the index map
  std::vector<std::uint64_t> counts;  ///< for each tile, how many vectors have its codeword; never rises
};

/// The `max_tiles` most used codewords, fewer where their blocks would have more than 65,536
/// pixels; codewords used equally often are in the codebook's order. `k` is the number of codewords.
[[nodiscard]] CodebookTiles codebook_tiles(const IndexedImage& indexed, std::uint32_t k, std::uint32_t max_tiles);

}  // namespace vqi::tool
