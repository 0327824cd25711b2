// CellMoments: second moments of every cell, kept exact as vectors move, and the cuts that follow from them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cell_split.hpp"
#include "cell_sums.hpp"
#include "integer.hpp"
#include "matrix_split.hpp"
#include "nearest_search.hpp"
#include "vector_set.hpp"

namespace vqi::detail {

/// For at most matrix_dimensions_max dimensions. All sums are integers: they do not depend on order. A cell's best cut
/// is then known without looking at its vectors again, which is what makes a round of split-merge cheap.
class CellMoments {
 public:
  /// Of the cells that `indices` gives.
  CellMoments(const VectorSet& vectors, std::size_t k, std::span<const std::uint16_t> indices);

  /// Takes the vectors that moved from their old cells to those that `indices` gives them now.
  void apply(std::span<const CellChange> changes, std::span<const std::uint16_t> indices);

  /// Cell k, whose weight and sum are in `sums`, cut through its mean across its principal axis.
  [[nodiscard]] CellSplit split(std::size_t k, const CellSums& sums) const;

 private:
  void add(std::span<const std::int32_t> x, std::int64_t weight, std::size_t cell);

  const VectorSet* vectors_;
  std::size_t stride_;            // products of a cell: D (D + 1) / 2
  std::vector<int128> products_;  // (k, stride): sum of w x_F,i x_F,j for j <= i
};

}  // namespace vqi::detail
