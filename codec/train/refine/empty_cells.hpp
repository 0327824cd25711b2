// Repair of empty cells: a codeword without vectors moves to the vector that is served worst.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cell_sums.hpp"
#include "codeword_table.hpp"
#include "nearest_search.hpp"
#include "vector_set.hpp"

namespace vqi::detail {

/// The cells without a vector.
[[nodiscard]] std::vector<std::size_t> find_empty_cells(const CellSums& sums);

/// The `count` vectors with the largest w |x - c|^2, worst first, none that lies on its codeword;
/// of equal ones the first. Fewer where there are not so many.
[[nodiscard]] std::vector<std::size_t> find_worst_served(const NearestSearch& search, const VectorSet& vectors,
                                                         const FixedCodewords& codewords,
                                                         std::span<const std::uint16_t> indices, std::size_t count);

/// Gives each empty cell the worst-served vector that is left as its codeword. J does not change
/// until the next assignment, which lowers it. Returns the number of cells repaired.
std::uint32_t repair_empty_cells(const NearestSearch& search, const VectorSet& vectors, const CellSums& sums,
                                 std::span<const std::uint16_t> indices, FixedCodewords& codewords);

}  // namespace vqi::detail
