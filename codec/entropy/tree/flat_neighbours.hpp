// FlatNeighbours: what stands farther around a vector whose four neighbours are equal.
#pragma once

#include <hwy/base.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "context_hash.hpp"
#include "map_rows.hpp"

namespace vqi::detail {

/// Nine more neighbours of a flat neighbourhood, and which of them are N as well.
struct FlatNeighbours {
  static constexpr std::size_t count = 9;
  static constexpr std::uint32_t patterns = 1U << count;
  static constexpr std::uint32_t counts = count + 1;

  std::array<std::uint16_t, count> positions;  ///< WW, NN, NEE, NNE, NWW, WWW, NNW, NEEE, NNEE
  std::uint32_t pattern;                       ///< bit i: positions[i] is N
  std::uint32_t equal_count;                   ///< bits of the pattern

  /// Pointers at the vector's column: in its row and in the two rows above it.
  HWY_INLINE FlatNeighbours(const std::uint16_t* row, const std::uint16_t* above,
                            const std::uint16_t* two_above) noexcept
      : positions{row[-2], two_above[0],  above[2], two_above[1], above[-2],
                  row[-3], two_above[-1], above[3], two_above[2]} {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < count; ++i) bits |= (positions[i] == above[0] ? 1U : 0U) << i;
    pattern = bits;
    equal_count = static_cast<std::uint32_t>(std::popcount(bits));
  }
};

/// The number of a context that eight positions one after the other are added to.
[[nodiscard]] inline std::uint64_t mix_eight(std::uint64_t context, const std::uint16_t* first) noexcept {
  return mix(mix(context, joined(first)), joined(first + 4));
}

}  // namespace vqi::detail
