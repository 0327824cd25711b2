// Split seeding: a first codebook by cutting the costliest cell in two until there are K.
#pragma once

#include <cstdint>

#include "cell_split.hpp"
#include "codeword_table.hpp"
#include "progress.hpp"

namespace vqi {

/// At most k codewords (fewer if the points run out of different vectors): the cell whose cut lowers
/// J most is cut across its principal axis, and both parts are cells again. After X. Wu, "Color
/// quantization by dynamic programming and principal analysis", ACM Trans. Graphics 11(4), 1992, and
/// the principal-direction divisive partitioning of D. Boley, Data Mining and Knowledge Discovery
/// 2(4), 1998. Deterministic and better than random seeding before Lloyd's steps; cost about
/// O(n d log k).
[[nodiscard]] FixedCodewords seed_by_splits(const PointRows& points, std::size_t k, ProgressReporter& progress);

}  // namespace vqi
