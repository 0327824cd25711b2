// What a bit costs, from its mixed log odds: -log2 of its probability, in 1/1024 bit.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "logistic.hpp"

namespace vqi::detail {

inline constexpr std::uint32_t bit_cost_unit = 1024;

/// Costs of a bit 1 at the log odds -logit_limit .. logit_limit.
using BitCostTable = std::array<std::uint16_t, 2 * logit_limit + 1>;

/// By integers alone: the fraction of log2 is squared out bit by bit, as in tables of logarithms.
[[nodiscard]] constexpr BitCostTable make_bit_cost_table() noexcept {
  BitCostTable table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    std::uint64_t x = squash_table[i];  // 2 .. 65534, in 1/65536
    std::uint32_t whole = 0;
    while (x < 32768) {
      x <<= 1;
      ++whole;
    }
    x <<= 16;  // 1 .. 2 in 1/2^31
    std::uint32_t fraction = 0;
    for (std::uint32_t bit = bit_cost_unit; bit >= 1; bit >>= 1) {  // one digit more than is kept, for rounding
      x = x * x >> 31;
      fraction <<= 1;
      if (x >= std::uint64_t{1} << 32) {
        x >>= 1;
        ++fraction;
      }
    }
    // The probability is 2^(fraction / 2048 - 1 - whole), the fraction being cut off: halves go down.
    table[i] = static_cast<std::uint16_t>(((whole + 1) * 2 * bit_cost_unit - fraction) / 2);
  }
  return table;
}

inline constexpr BitCostTable bit_cost_table = make_bit_cost_table();

/// Of `bit` where a 1 has the log odds `logit`, within the limits.
[[nodiscard]] constexpr std::uint32_t bit_cost(std::int32_t logit, bool bit) noexcept {
  return bit_cost_table[logit_place(bit ? logit : -logit)];
}

}  // namespace vqi::detail
