// Repair of empty cells: a codeword without vectors moves to the vector with the largest error.
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

/// The cells without vectors, ascending, from number `first` on.
[[nodiscard]] std::vector<std::size_t> find_empty_cells(const CellSums& sums, std::size_t first = 0);

/// The `count` vectors with the largest error w |x - c|^2, the worst first, equal ones in ascending order. Vectors
/// equal to their codewords are left out, so the result may be shorter.
[[nodiscard]] std::vector<std::size_t> find_worst_served(const NearestSearch& search, const VectorSet& vectors,
                                                         const FixedCodewords& codewords,
                                                         std::span<const std::uint16_t> indices, std::size_t count);

/// Moves the codewords of empty cells, from number `first` on, to the worst-served vectors, a different one each. J
/// does not change until the next assignment, which lowers it. Returns the number of repaired cells.
std::uint32_t repair_empty_cells(const NearestSearch& search, const VectorSet& vectors, const CellSums& sums,
                                 std::span<const std::uint16_t> indices, FixedCodewords& codewords,
                                 std::size_t first = 0);

}  // namespace vqi::detail
