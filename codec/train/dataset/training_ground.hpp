// TrainingGround: an image's distinct vectors, ready for training at any K.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "block_grid.hpp"
#include "distinct_vectors.hpp"
#include "lazy.hpp"
#include "parallel.hpp"
#include "search_grounds.hpp"
#include "training_set.hpp"
#include "training_space.hpp"

namespace vqi::detail {

/// The distinct vectors in one training space.
class TrainingPoints {
 public:
  /// Borrows `distinct` and `pool`.
  TrainingPoints(const DistinctVectors& distinct, const BlockGrid& grid, bool classes, const ThreadPool& pool);

  [[nodiscard]] const TrainingSpace& space() const noexcept { return space_; }
  /// Made when it is first asked for.
  [[nodiscard]] const TrainingSet& set() const;
  /// Over set().points.
  [[nodiscard]] const SearchGrounds& grounds() const noexcept { return grounds_; }
  /// How many points the set has, whether it is made yet or not.
  [[nodiscard]] std::size_t size() const;

 private:
  [[nodiscard]] SearchGrounds make_grounds() const;

  const DistinctVectors& distinct_;
  const ThreadPool& pool_;
  TrainingSpace space_;
  Lazy<TrainingSet> set_;
  SearchGrounds grounds_;
};

/// What training needs besides the options, made when first asked for and then shared: several
/// codebooks may be trained on one ground, also at the same time.
class TrainingGround {
 public:
  /// Borrows `distinct` and `pool`.
  TrainingGround(const DistinctVectors& distinct, const BlockGrid& grid, const ThreadPool& pool)
      : distinct_(distinct), grid_(grid), pool_(pool) {}

  [[nodiscard]] const DistinctVectors& distinct() const noexcept { return distinct_; }
  [[nodiscard]] const BlockGrid& grid() const noexcept { return grid_; }
  /// The points that a codebook of `k` codewords is trained on.
  [[nodiscard]] const TrainingPoints& points(std::uint32_t k) const;

 private:
  const DistinctVectors& distinct_;
  BlockGrid grid_;
  const ThreadPool& pool_;
  std::array<Lazy<std::unique_ptr<const TrainingPoints>>, 2> points_;  // without and with classes
};

}  // namespace vqi::detail
