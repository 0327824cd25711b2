// SearchBoxes: bounding boxes of a VectorSet's blocks and of larger groups of blocks.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "integer.hpp"
#include "nearest_kernels.hpp"
#include "parallel.hpp"
#include "vector_set.hpp"

namespace vqi::detail {

/// Blocks in a box of each level, ascending; each number is a multiple of the one before.
inline constexpr std::size_t few_box_levels[] = {1, 4, 16};
/// The same for thousands of codewords, where more filtering steps pay.
inline constexpr std::size_t many_box_levels[] = {1, 4, 16, 64, 256};

/// The tiles of a set from `tile` on; the last argument only selects the number format.
[[nodiscard]] inline const std::int32_t* tiles_of(const VectorSet& vectors, std::size_t tile, std::int32_t) {
  return vectors.narrow_tile(tile);
}
[[nodiscard]] inline const float* tiles_of(const VectorSet& vectors, std::size_t tile, double) {
  return vectors.wide_tile(tile);
}

/// The boxes of one set, level by level.
template <typename Word>
struct SearchBoxes {
  struct Level {
    std::size_t blocks = 1;  ///< blocks in a box
    std::vector<SearchBox<Word>> boxes;
  };
  std::vector<Level> levels;

  /// Computes the boxes of each of `level_blocks`. Cost O(n d) for each level.
  template <typename Kernels>
  SearchBoxes(const VectorSet& vectors, std::span<const std::size_t> level_blocks, const Kernels& kernels,
              const ThreadPool& pool) {
    const std::size_t columns = vectors.tile_words() / tile_vectors;
    for (const std::size_t blocks : level_blocks) {
      Level& level = levels.emplace_back(Level{blocks, {}});
      level.boxes.resize(divide_up(vectors.block_count(), blocks));
      constexpr std::size_t task_blocks = 256;
      const std::size_t task_boxes = std::max<std::size_t>(task_blocks / blocks, 1);
      pool.for_each(divide_up(level.boxes.size(), task_boxes), [&](std::size_t t) {
        for (std::size_t b = t * task_boxes; b < std::min((t + 1) * task_boxes, level.boxes.size()); ++b)
          kernels.bound(tiles_of(vectors, b * blocks * block_tiles, Word{}),
                        std::min(blocks, vectors.block_count() - b * blocks) * block_tiles, columns,
                        level.boxes[b].low.data(), level.boxes[b].high.data());
      });
    }
  }
};

}  // namespace vqi::detail
