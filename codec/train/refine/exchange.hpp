// Exchange: moves single vectors to other cells where this lowers J and Lloyd's steps do not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "cell_sums.hpp"
#include "codeword_table.hpp"
#include "vector_set.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {

/// Whether vector n may be in cell k.
using CellFilter = std::function<bool(std::size_t n, std::size_t k)>;

/// Moves each vector to the cell where it adds least to J, the means of both cells moving with it, until no vector
/// moves, at most `passes_max` times over all vectors (J. Hartigan and M. Wong, "Algorithm AS 136: a k-means clustering
/// algorithm", Applied Statistics 28(1), 1979). A vector of large weight holds its cell's mean at itself, so that it
/// never changes cells in Lloyd's steps; here it does. `sums` are those of `indices`, and become those of the result. A
/// null `may_be_in` allows all cells. The first codewords may be fixed: then `fixed` has them, and no vector moves
/// them. No other cell becomes empty. Cost O(n k d) a pass, on one thread. Returns the moves.
std::size_t exchange(const VectorSet& vectors, const CellFilter& may_be_in, int passes_max, CellSums& sums,
                     std::span<std::uint16_t> indices, WorkPulse pulse, const FixedCodewords& fixed = {});

}  // namespace vqi::detail
