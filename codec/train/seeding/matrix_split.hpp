// The cut of a cell in few dimensions, from its covariance matrix.
#pragma once

#include <cstdint>
#include <span>

#include "cell_split.hpp"
#include "integer.hpp"
#include "vector_rows.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {

/// Dimensions up to which covariance matrices are used.
inline constexpr std::uint32_t matrix_dimensions_max = 6;

/// split_cell with Cut::best, for at most matrix_dimensions_max dimensions and at least two members. The matrix takes
/// one pass over them.
[[nodiscard]] CellSplit split_cell_by_matrix(const VectorRows& rows, std::span<const std::uint32_t> members,
                                             WorkPulse pulse = {});

/// The cut of a cell of which only the moments are known: its weight, the sum of w x_F, and the sums of w x_F,i x_F,j
/// for j <= i, row by row. The cell is cut through its mean across its principal axis as if it were normally
/// distributed: the means of both halves are then sqrt(2 / pi) standard deviations away from its own.
[[nodiscard]] CellSplit split_by_moments(std::uint64_t weight, std::span<const std::int64_t> sum,
                                         std::span<const int128> products);

}  // namespace vqi::detail
