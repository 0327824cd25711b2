// CellSplit: the cut of a cell across its principal axis, and the distortion that it would save.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "vector_rows.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {

/// The cut of a cell by a plane across its principal axis.
struct CellSplit {
  double gain = 0;             ///< by how much J (times 2^2F) falls: w1 w2 / (w1 + w2) |m1 - m2|^2
  std::vector<double> first;   ///< mean of one part, x_F; empty if the cell cannot be cut
  std::vector<double> second;  ///< mean of the other part
};

/// The place of the plane on the axis.
enum class Cut {
  mean,  ///< through the mean
  best,  ///< where the distortion along the axis falls most, found by a histogram
};

/// Cuts the cell of the rows `members`. The axis is the first principal component, from the covariance matrix in few
/// dimensions (see matrix_split.hpp), else by power iteration without that matrix. Sums are made in the order of the
/// members, so the result does not depend on threads. Cost O(n d) for n members. Throws what `pulse` throws.
[[nodiscard]] CellSplit split_cell(const VectorRows& rows, std::span<const std::uint32_t> members, Cut cut,
                                   WorkPulse pulse = {});

/// Makes the cut: reorders `members` so that the first part comes first, and returns its size. Stable.
[[nodiscard]] std::size_t partition_cell(const VectorRows& rows, std::span<std::uint32_t> members,
                                         const CellSplit& split, WorkPulse pulse = {});

}  // namespace vqi::detail
