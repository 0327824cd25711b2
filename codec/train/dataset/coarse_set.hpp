// Coarse sets: neighbouring vectors merged into their means, so that the search for a codebook is cheap.
#pragma once

#include <cstdint>

#include "vector_set.hpp"

namespace vqi::detail {

/// Coordinates that a vector may have: six samples, which a Morton order still helps, or four samples and a class.
inline constexpr std::uint32_t coarse_dimensions_max = 6;

/// Merges the vectors of each cube of 2^side_bits code values a side into their mean, rounded to a multiple of 2^-F,
/// halves away from zero, with the sum of their weights. `vectors` is in Morton order, so that the vectors of a cube
/// are neighbours, and has at most coarse_dimensions_max coordinates. Codewords of one set are codewords of the other.
/// Cost O(n d).
[[nodiscard]] VectorSet make_coarse_set(const VectorSet& vectors, std::uint32_t side_bits);

struct CoarseSets {
  VectorSet smaller_cubes;  ///< of 2^side_bits code values a side
  VectorSet larger_cubes;   ///< of twice that
};

/// Two such sets in one pass, the means of the larger cubes from exact sums as well. Halves are rounded up here: the
/// colours of an image were first merged in another place, and the bytes of files depend on it.
[[nodiscard]] CoarseSets make_coarse_sets(const VectorSet& vectors, std::uint32_t side_bits);

}  // namespace vqi::detail
