// RowBit: what codes the next bit of one of the rows that are coded side by side, and its arithmetic for one counter
// (FORMAT.md, "Four rows side by side").
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "counter.hpp"

namespace vqi::detail {

/// Weights are in 1 / 2^weight_bits.
inline constexpr unsigned weight_bits = 14;

/// A counter that saw no bit says nothing, so that places without a counter may point to one of these.
struct RowBit {
  std::array<Counter*, 8> counters;
  std::int16_t* first_weights;   ///< eight, aligned to 16 bytes
  std::int16_t* second_weights;  ///< likewise
  std::int32_t probability;      ///< of a 1, in 1/65536
  bool value;
};

/// The factor of a counter's log odds by the number of bits seen: 89 / 256 of 1/512 octave are about 1/256 of e's
/// power.
inline constexpr std::array<std::uint8_t, 16> counter_trust{0,  40, 49, 58, 67, 75, 84, 89,
                                                            89, 89, 89, 89, 89, 89, 89, 89};

/// The rates' lower and upper bytes and the factors, for look-ups of sixteen bytes.
struct CounterBytes {
  alignas(16) std::array<std::uint8_t, 16> low, high, trust;
};
inline constexpr CounterBytes counter_bytes = [] {
  CounterBytes bytes{};
  for (std::size_t i = 0; i < 16; ++i) {
    bytes.low[i] = static_cast<std::uint8_t>(counter_rates[i] & 0xFF);
    bytes.high[i] = static_cast<std::uint8_t>(counter_rates[i] >> 8);
    bytes.trust[i] = counter_trust[i];
  }
  return bytes;
}();

/// 2^23 log2(v) for v = 1 .. 8191, straight between powers of two: the bits of v as a float, but for a constant.
[[nodiscard]] inline std::int32_t rough_log2(std::int32_t v) noexcept {
  return std::bit_cast<std::int32_t>(static_cast<float>(v));
}

/// The log odds of a counter in about 1/256.
[[nodiscard]] inline std::int32_t counter_input(Counter counter) noexcept {
  const std::int32_t twice = 2 * (counter >> 4) + 1;
  return ((rough_log2(twice) - rough_log2(8192 - twice)) >> 14) * counter_trust[counter & 15U] >> 8;
}

/// How far a bit moves weights, for each unit of an input, in 1/2^15.
[[nodiscard]] inline std::int32_t step_of(const RowBit& bit, std::int32_t rate) noexcept {
  return std::clamp((((bit.value ? 65536 : 0) - bit.probability) * rate) >> 11, -32767, 32767);
}

}  // namespace vqi::detail
