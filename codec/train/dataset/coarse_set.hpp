// Coarse sets: neighbouring vectors merged into their means, so that the search for a codebook is cheap.
#pragma once

#include <cstdint>

#include "vector_set.hpp"

namespace vqi::detail {

/// Merges the vectors of each cube of 2^side_bits code values a side into their mean, rounded to a
/// multiple of 2^-F, with their joint weight. `vectors` is in Morton order, so a cube's vectors are
/// neighbours. Codewords of the one set are codewords of the other.
[[nodiscard]] VectorSet make_coarse_set(const VectorSet& vectors, std::uint32_t side_bits);

}  // namespace vqi::detail
