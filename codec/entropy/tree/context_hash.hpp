// Hashes of neighbourhoods into context numbers (FORMAT.md, "Context numbers").
#pragma once

#include <cstdint>

namespace vqi::detail {

inline constexpr std::uint64_t hash_factor = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio

/// The number of a context that `value` is added to.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t context, std::uint64_t value) noexcept {
  const std::uint64_t product = (context ^ value) * hash_factor;
  return product ^ product >> 32;
}

/// The top `bits` bits of a context number's product with the factor: a place in a table.
[[nodiscard]] constexpr std::size_t table_place(std::uint64_t context, unsigned bits) noexcept {
  return static_cast<std::size_t>(context * hash_factor >> (64 - bits));
}

/// The factors of the 32-bit hashes that stand side by side in vectors.
inline constexpr std::uint32_t lane_node_factor = 0x9E3779B1;
inline constexpr std::uint32_t lane_factor = 0xC2B2AE35;

}  // namespace vqi::detail
