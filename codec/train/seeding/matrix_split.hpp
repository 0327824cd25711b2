// Splitting a cell of few dimensions: its covariance matrix is formed in one pass.
#pragma once

#include <cstdint>
#include <span>

#include "cell_split.hpp"
#include "integer.hpp"
#include "vector_rows.hpp"

namespace vqi::detail {

inline constexpr std::uint32_t matrix_dimensions_max = 6;

/// split_cell at the best place for at most matrix_dimensions_max dimensions and at least two members.
[[nodiscard]] CellSplit split_cell_by_matrix(const VectorRows& rows, std::span<const std::uint32_t> members);

/// The split of a cell of which only moments are known: its weight, the sum of w x_F and the sums of w x_F,i x_F,j for
/// j <= i. It is cut through the mean across its principal axis, and its two parts are taken for those of a normal
/// distribution, whose halves' means lie sqrt(2 / pi) standard deviations to either side.
[[nodiscard]] CellSplit split_by_moments(std::uint64_t weight, std::span<const std::int64_t> sum,
                                         std::span<const int128> products);

}  // namespace vqi::detail
