// DEFLATE's alphabets (RFC 1951, 3.2.5): symbols of lengths and distances, and their extra bits.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace vqi::detail {

inline constexpr std::size_t literal_symbols = 256;
inline constexpr std::size_t end_of_block = 256;
inline constexpr std::size_t first_length_symbol = 257;
inline constexpr std::size_t length_symbols = 29;
inline constexpr std::size_t distance_symbols = 30;
/// Literals, the end of a block, lengths.
inline constexpr std::size_t main_symbols = first_length_symbol + length_symbols;
inline constexpr std::uint32_t shortest_match = 3;
inline constexpr std::uint32_t longest_match = 258;
inline constexpr std::uint32_t farthest_match = 32768;

/// The length that each length symbol begins with.
inline constexpr std::array<std::uint16_t, length_symbols> length_bases{
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};

/// 0 .. 28 for a length of 3 .. 258.
[[nodiscard]] constexpr std::uint32_t length_symbol(std::uint32_t length) noexcept {
  if (length == longest_match) return length_symbols - 1;
  const std::uint32_t rest = length - shortest_match;
  if (rest < 8) return rest;
  const auto top = static_cast<std::uint32_t>(std::bit_width(rest)) - 3;
  return 4 * top + (rest >> top);
}

[[nodiscard]] constexpr std::uint32_t length_extra_bits(std::uint32_t symbol) noexcept {
  return symbol < 8 || symbol == length_symbols - 1 ? 0 : symbol / 4 - 1;
}

/// The last length of a symbol.
[[nodiscard]] constexpr std::uint32_t last_length(std::uint32_t symbol) noexcept {
  if (symbol + 2 >= length_symbols) return symbol + 1 == length_symbols ? longest_match : longest_match - 1;
  return length_bases[symbol + 1] - 1U;
}

/// 0 .. 29 for a distance of 1 .. 32768.
[[nodiscard]] constexpr std::uint32_t distance_symbol(std::uint32_t distance) noexcept {
  const std::uint32_t rest = distance - 1;
  if (rest < 4) return rest;
  const auto top = static_cast<std::uint32_t>(std::bit_width(rest)) - 2;
  return 2 * top + (rest >> top);
}

[[nodiscard]] constexpr std::uint32_t distance_extra_bits(std::uint32_t symbol) noexcept {
  return symbol < 4 ? 0 : symbol / 2 - 1;
}

/// The distance that a symbol begins with.
[[nodiscard]] constexpr std::uint32_t distance_base(std::uint32_t symbol) noexcept {
  return symbol < 4 ? symbol + 1 : ((2 + symbol % 2) << distance_extra_bits(symbol)) + 1;
}

}  // namespace vqi::detail
