// Dataset: the vectors that training works on, at every resolution.
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
/// Cubes of 2^2 code values a side: 20 to 50 thousand means of a photograph, nearly as good for 256 codewords as all.
inline constexpr std::uint32_t coarse_side_bits = 2;

/// The input of training apart from its options. It depends neither on K nor on any option of training, so several
/// codebooks may be trained on one dataset, also at the same time.
///
/// Distinct vectors with equal coordinates (different colours under transparent pixels) are one training vector.
///
/// Everything costly is lazy: all() and each coarse(side_bits) are made at their first call, and each level makes its
/// own search structures (see DatasetLevel). Other threads that call meanwhile wait.
class Dataset {
 public:
  /// Borrows `distinct` and `pool`.
  Dataset(const VectorCounts& distinct, const BlockGrid& grid, const ThreadPool& pool, Space space = Space::rgb);

  [[nodiscard]] const VectorCounts& distinct() const noexcept { return distinct_; }
  [[nodiscard]] const BlockGrid& grid() const noexcept { return grid_; }
  [[nodiscard]] const TrainingSpace& space() const noexcept { return space_; }
  [[nodiscard]] const ThreadPool& pool() const noexcept { return pool_; }

  /// The number of training vectors; each stands for one or more distinct vectors.
  [[nodiscard]] std::size_t size() const { return all().vectors().size(); }
  /// True if neighbours in all() are near in space. Only then may coarse() be called.
  [[nodiscard]] bool in_morton_order() const noexcept { return space_.dimension() <= morton_dimensions_max; }

  /// Every training vector.
  [[nodiscard]] const DatasetLevel& all() const;
  /// The mean of the vectors in each cube of 2^side_bits code values a side; side_bits is 1 .. coarsest_side_bits.
  [[nodiscard]] const DatasetLevel& coarse(std::uint32_t side_bits) const;

  /// The training vector that distinct vector `d` became.
  [[nodiscard]] std::size_t vector_of(std::size_t d) const;
  /// The most frequent of the distinct vectors that became training vector `n`.
  [[nodiscard]] std::size_t representative(std::size_t n) const;
  /// The index of each distinct vector, if training vector n has indices[n]; `indices` may be longer than size().
  [[nodiscard]] std::vector<std::uint16_t> indices_of_distinct(std::vector<std::uint16_t> indices) const;

 private:
  struct Full;
  struct CoarsePair;
  [[nodiscard]] const Full& full() const;

  const VectorCounts& distinct_;
  BlockGrid grid_;
  TrainingSpace space_;
  const ThreadPool& pool_;
  Lazy<std::shared_ptr<const Full>> full_;
  Lazy<std::shared_ptr<const CoarsePair>> coarse_pair_;  // if distinct vectors are in Morton order
  std::array<Lazy<std::unique_ptr<const DatasetLevel>>, coarsest_side_bits> coarse_;  // else, and for cubes of 2
};

}  // namespace vqi::detail
