// RestoreSettings: what a stream says of its decode filter (FORMAT.md, "The decode filter").
#pragma once

#include <cstdint>

#include "block_grid.hpp"

namespace vqi::detail {

/// Distances are in code values of 16 bits; those of 8 bits count 257 times.
struct RestoreSettings {
  std::uint32_t strength = 0;      ///< of the correction, in eighths; 0: no filter, and all others are 0
  std::uint32_t deviation = 0;     ///< root mean squared error of the codewords, 1 .. 65535
  std::uint32_t radius_scale = 0;  ///< from a codeword's spread to the radius of its cell, in 1/256, 1 .. 65535

  [[nodiscard]] bool is_on() const noexcept { return strength != 0; }
  bool operator==(const RestoreSettings&) const = default;
};

inline constexpr std::uint32_t restore_strength_max = 15;
inline constexpr std::uint32_t restore_deviation_max = 65535;
inline constexpr std::uint32_t restore_scale_max = 65535;
/// Fewer have no neighbours; of more, finding the nearest others would take as long as decoding.
inline constexpr std::uint32_t restore_k_min = 2;
inline constexpr std::uint32_t restore_k_max = 4096;

/// Whether an image of this kind can have the filter.
[[nodiscard]] inline bool can_restore(const BlockGrid& grid, std::uint32_t k) noexcept {
  return grid.single_pixels() && k >= restore_k_min && k <= restore_k_max;
}

}  // namespace vqi::detail
