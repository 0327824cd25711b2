// Small exact integer helpers: 128-bit names, rounding division, checked products, roots.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>

#if !defined(__SIZEOF_INT128__)
#include "wide_integer.hpp"
#endif

namespace vqi::detail {

#if defined(__SIZEOF_INT128__)
__extension__ using int128 = __int128;
__extension__ using uint128 = unsigned __int128;
#else
using int128 = WideInteger<true>;
using uint128 = WideInteger<false>;
#endif

template <typename T>
[[nodiscard]] constexpr T divide_up(T dividend, T divisor) noexcept {
  return dividend / divisor + (dividend % divisor != 0 ? 1 : 0);
}

/// The integer nearest to dividend / divisor, halves away from zero; divisor > 0.
template <typename T>
[[nodiscard]] constexpr T divide_round(T dividend, T divisor) noexcept {
  return dividend >= 0 ? (dividend + divisor / 2) / divisor : -((-dividend + divisor / 2) / divisor);
}

/// first * second, or none where that is over 2^64 - 1.
[[nodiscard]] constexpr std::optional<std::uint64_t> checked_product(std::uint64_t first,
                                                                     std::uint64_t second) noexcept {
  const uint128 product = uint128{first} * second;
  if (product >> 64 != 0) return std::nullopt;
  return static_cast<std::uint64_t>(product);
}

/// first + second, or none where either is none or the sum is over 2^64 - 1.
[[nodiscard]] constexpr std::optional<std::uint64_t> checked_sum(std::optional<std::uint64_t> first,
                                                                 std::optional<std::uint64_t> second) noexcept {
  if (!first || !second || *first + *second < *first) return std::nullopt;
  return *first + *second;
}

/// floor(sqrt(value)).
[[nodiscard]] constexpr std::uint64_t integer_sqrt(std::uint64_t value) noexcept {
  std::uint64_t root = 0;
  for (std::uint32_t bit = 32; bit-- > 0;) {
    const std::uint64_t larger = root | std::uint64_t{1} << bit;
    if (larger * larger <= value) root = larger;
  }
  return root;
}

/// Bits that hold any value below `count`: ceil(log2(count)), 0 for 1. count > 0.
[[nodiscard]] constexpr std::uint32_t bits_for(std::uint64_t count) noexcept {
  return static_cast<std::uint32_t>(std::bit_width(count - 1));
}

}  // namespace vqi::detail
