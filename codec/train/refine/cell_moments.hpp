// CellMoments: exact second moments of every cell, kept up to date as vectors move, and the cuts computed from them.
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
#include "work_pulse.hpp"

namespace vqi::detail {

/// For at most matrix_dimensions_max dimensions. All sums are integers, so their order does not matter. The cut of a
/// cell is known without reading its vectors again, which makes a round of split-merge cheap.
class CellMoments {
 public:
  /// The moments of k cells, where vector n is in cell indices[n]. Borrows `vectors`. Cost O(n d^2).
  CellMoments(const VectorSet& vectors, std::size_t k, std::span<const std::uint16_t> indices, WorkPulse pulse = {});

  /// Moves the changed vectors from their old cells to the cells that `indices` names now.
  void apply(std::span<const CellChange> changes, std::span<const std::uint16_t> indices, WorkPulse pulse = {});

  /// The cut of cell k through its mean, across its principal axis; `sums` are the sums of the same cells.
  [[nodiscard]] CellSplit split(std::size_t k, const CellSums& sums) const;

 private:
  void add(std::span<const std::int32_t> x, std::int64_t weight, std::size_t cell);

  const VectorSet* vectors_;
  std::size_t stride_;            // products for each cell: D (D + 1) / 2
  std::vector<int128> products_;  // (k, stride): sum of w x_F,i x_F,j for j <= i
};

}  // namespace vqi::detail
