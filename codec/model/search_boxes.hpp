// SearchBoxes: bounding boxes of the blocks of a VectorSet and of groups of blocks.
#pragma once

#include <vector>

#include "nearest_kernels.hpp"
#include "parallel.hpp"
#include "vector_set.hpp"

namespace vqi {

/// Blocks in a group; a group is one task of a parallel search.
inline constexpr std::size_t group_blocks = 16;

/// The tiles of a set in its own number format.
[[nodiscard]] inline const std::int32_t* tiles_of(const VectorSet& vectors, std::size_t tile, std::int32_t) {
  return vectors.narrow_tile(tile);
}
[[nodiscard]] inline const float* tiles_of(const VectorSet& vectors, std::size_t tile, double) {
  return vectors.wide_tile(tile);
}

template <typename Word>
struct SearchBoxes {
  std::vector<SearchBox<Word>> blocks;
  std::vector<SearchBox<Word>> groups;

  template <typename Kernels>
  SearchBoxes(const VectorSet& vectors, const Kernels& kernels, const ThreadPool& pool)
      : blocks(vectors.block_count()), groups((vectors.block_count() + group_blocks - 1) / group_blocks) {
    const std::size_t columns = vectors.tile_words() / tile_vectors;
    const auto bound = [&](SearchBox<Word>& box, std::size_t first_block, std::size_t count) {
      kernels.bound(tiles_of(vectors, first_block * block_tiles, Word{}), count * block_tiles, columns, box.low.data(),
                    box.high.data());
    };
    pool.for_each(groups.size(), [&](std::size_t g) {
      const std::size_t begin = g * group_blocks;
      const std::size_t end = std::min(begin + group_blocks, blocks.size());
      for (std::size_t b = begin; b < end; ++b) bound(blocks[b], b, 1);
      bound(groups[g], begin, end - begin);
    });
  }
};

}  // namespace vqi
