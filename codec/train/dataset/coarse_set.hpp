// Coarse sets: the vectors of each cube merged to their mean, so that a codebook is searched for at little cost.
#pragma once

#include <cstdint>

#include "vector_set.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {

/// The most coordinates: six samples, with which Morton order still helps; four samples and a class are five.
inline constexpr std::uint32_t coarse_dimensions_max = 6;

/// Merges the vectors of each cube of 2^side_bits code values a side to their mean, which gets the sum of their weights
/// and is rounded to a multiple of 2^-F, halves away from zero. `vectors` has at most coarse_dimensions_max coordinates
/// and is in Morton order, so that the vectors of a cube are neighbours. Both sets have the same fixed point, so a
/// codebook for one fits the other. Cost O(n d). Throws what `pulse` throws.
[[nodiscard]] VectorSet make_coarse_set(const VectorSet& vectors, std::uint32_t side_bits, WorkPulse pulse = {});

/// Means over cubes of two sizes.
struct CoarseSets {
  VectorSet smaller_cubes;  ///< cubes of 2^side_bits code values a side
  VectorSet larger_cubes;   ///< cubes of twice that side
};

/// Makes two such sets in one pass, both from exact sums. Halves are rounded up, unlike in make_coarse_set: the bytes
/// of files depend on either rounding.
[[nodiscard]] CoarseSets make_coarse_sets(const VectorSet& vectors, std::uint32_t side_bits, WorkPulse pulse = {});

}  // namespace vqi::detail
