// fixed_log2: logarithms of integers in integer arithmetic, so that prices and orders are the same on every machine.
#pragma once

#include <bit>
#include <cstdint>

namespace vqi::detail {

/// Bits after the point of what `fixed_log2` returns.
inline constexpr std::uint32_t log2_fraction_bits = 16;

/// log2(value) * 2^16, at most 1 too small; value > 0. The mantissa is squared once for each bit of the fraction.
[[nodiscard]] constexpr std::uint32_t fixed_log2(std::uint64_t value) noexcept {
  const std::uint32_t whole = static_cast<std::uint32_t>(std::bit_width(value)) - 1;
  // The mantissa, 1 .. 2, with 31 bits after the point.
  std::uint64_t mantissa = whole > 31 ? value >> (whole - 31) : value << (31 - whole);
  std::uint32_t result = whole;
  for (std::uint32_t bit = 0; bit < log2_fraction_bits; ++bit) {
    mantissa = mantissa * mantissa >> 31;
    const bool over_two = mantissa >> 32 != 0;
    if (over_two) mantissa >>= 1;
    result = result << 1 | (over_two ? 1U : 0U);
  }
  return result;
}

}  // namespace vqi::detail
