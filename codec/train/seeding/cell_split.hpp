// Splitting a cell in two along its principal axis, and what that would save.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "vector_rows.hpp"

namespace vqi::detail {

/// A cell cut in two by a plane across its principal axis.
struct CellSplit {
  double gain = 0;            ///< by how much J (times 2^2F) falls: w1 w2 / (w1 + w2) |m1 - m2|^2
  std::vector<double> first;  ///< means of the two parts, x_F
  std::vector<double> second;
};

/// Where the plane stands.
enum class Cut {
  mean,  ///< through the mean: one pass
  best,  ///< where the distortion along the axis falls most: a histogram more
};

/// Splits the cell of `members`. The axis is the first principal component, by power iteration on
/// the covariance matrix, or without forming it above a few dimensions. Everything is summed in the
/// order of the members, so the result does not depend on threads.
[[nodiscard]] CellSplit split_cell(const VectorRows& rows, std::span<const std::uint32_t> members, Cut cut);

/// The cut itself: `members` reordered so that the first part comes first; returns its size.
[[nodiscard]] std::size_t partition_cell(const VectorRows& rows, std::span<std::uint32_t> members,
                                         const CellSplit& split);

}  // namespace vqi::detail
