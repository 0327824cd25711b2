// Dataset: the distinct vectors of an image as training sees them, at every resolution.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "block_grid.hpp"
#include "dataset_level.hpp"
#include "distinct_vectors.hpp"
#include "joined_vectors.hpp"
#include "lazy.hpp"
#include "parallel.hpp"
#include "training_space.hpp"

namespace vqi::detail {

/// Cubes of 2^3 code values a side: 4 to 10 thousand means of a photograph's 200 thousand colours.
inline constexpr std::uint32_t coarsest_side_bits = 3;
/// Cubes of 2^2 code values a side: 20 to 50 thousand means, which tell nearly everything about 256 codewords.
inline constexpr std::uint32_t coarse_side_bits = 2;

/// What training needs beside its options. Nothing here depends on K or on an option of training, so that several
/// codebooks may be trained on one dataset, also at the same time.
///
/// Distinct vectors that have the same coordinates (different colours under transparent pixels) are one training
/// vector.
///
/// Everything costly is lazy: all() is made at its first call, each coarse(side_bits) likewise, and each level makes
/// its own search structures (DatasetLevel). Threads that ask meanwhile wait.
class Dataset {
 public:
  /// Borrows `distinct` and `pool`. `classes` as for TrainingSpace.
  Dataset(const DistinctVectors& distinct, const BlockGrid& grid, bool classes, const ThreadPool& pool);

  [[nodiscard]] const DistinctVectors& distinct() const noexcept { return distinct_; }
  [[nodiscard]] const BlockGrid& grid() const noexcept { return grid_; }
  [[nodiscard]] const TrainingSpace& space() const noexcept { return space_; }

  /// Training vectors: distinct vectors, less those that are joined to another.
  [[nodiscard]] std::size_t size() const { return all().vectors().size(); }
  /// True if neighbours in all() are near in space, which coarse() needs.
  [[nodiscard]] bool in_morton_order() const noexcept { return space_.sample_count() <= morton_dimensions_max; }

  /// Every training vector.
  [[nodiscard]] const DatasetLevel& all() const;
  /// Means of the vectors in each cube of 2^side_bits code values a side; side_bits is 1 .. coarsest_side_bits.
  [[nodiscard]] const DatasetLevel& coarse(std::uint32_t side_bits) const;

  /// The training vector that distinct vector `d` became.
  [[nodiscard]] std::size_t vector_of(std::size_t d) const;
  /// The distinct vector with the highest count of those that became training vector `n`.
  [[nodiscard]] std::size_t representative(std::size_t n) const;
  /// The index of each distinct vector, from those of the training vectors; `indices` may be longer.
  [[nodiscard]] std::vector<std::uint16_t> spread(std::vector<std::uint16_t> indices) const;

 private:
  struct Full;
  struct CoarsePair;
  [[nodiscard]] const Full& full() const;

  const DistinctVectors& distinct_;
  BlockGrid grid_;
  TrainingSpace space_;
  const ThreadPool& pool_;
  Lazy<std::shared_ptr<const Full>> full_;
  Lazy<std::shared_ptr<const CoarsePair>> coarse_pair_;  // of vectors that come in Morton order
  std::array<Lazy<std::unique_ptr<const DatasetLevel>>, coarsest_side_bits> coarse_;  // of others, and of cubes of 2
};

}  // namespace vqi::detail
