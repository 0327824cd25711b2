// Hashes of neighbourhoods into context numbers (FORMAT.md, "Context numbers").
#pragma once

#include <cstddef>
#include <cstdint>

namespace vqi::detail {

inline constexpr std::uint64_t hash_factor = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio

/// The number of the context that results from adding `value` to a context.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t context, std::uint64_t value) noexcept {
  const std::uint64_t product = (context ^ value) * hash_factor;
  return product ^ product >> 32;
}

/// The place of a context in a table of 2^bits: the upper bits of its number's product with the factor.
[[nodiscard]] constexpr std::size_t table_place(std::uint64_t context, unsigned bits) noexcept {
  return static_cast<std::size_t>(context * hash_factor >> (64 - bits));
}

/// The factors of the 32-bit hashes that are computed side by side in vectors.
inline constexpr std::uint32_t lane_node_factor = 0x9E3779B1;
inline constexpr std::uint32_t lane_factor = 0xC2B2AE35;

}  // namespace vqi::detail
