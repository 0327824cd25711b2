// Splitting a cell of few dimensions: its covariance matrix is formed in one pass.
#pragma once

#include <cstdint>
#include <span>

#include "cell_split.hpp"

namespace vqi {

inline constexpr std::uint32_t matrix_dimensions_max = 6;

/// split_cell for at most matrix_dimensions_max dimensions and at least two members.
[[nodiscard]] CellSplit split_cell_by_matrix(const PointRows& points, std::span<const std::uint32_t> members, Cut cut);

}  // namespace vqi
