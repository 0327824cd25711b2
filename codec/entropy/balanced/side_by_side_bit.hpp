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
inline constexpr unsigned weight_bits = 15;

/// A counter that saw no bit says nothing, so that places without a counter may point to one of these.
struct RowBit {
  std::array<Counter*, 8> counters;
  std::int16_t* first_weights;   ///< eight, aligned to 16 bytes
  std::int16_t* second_weights;  ///< likewise
  std::int32_t probability;      ///< of a 1, in 1/65536
  bool value;
};

/// The factor of a counter's log odds by the number of bits seen: 70 / 256 of 1/1024 octave are about 1/400 of e's
/// power. The greatest input is 3640, so that nine weighted ones fit into 16 bits.
inline constexpr std::array<std::uint8_t, 16> counter_trust{0,  31, 39, 46, 53, 59, 66, 70,
                                                            70, 70, 70, 70, 70, 70, 70, 70};
/// Rate of learning by the number of bits seen, in 1/256.
inline constexpr std::array<std::uint8_t, 16> counter_speeds{151, 100, 75, 60, 50, 38, 30, 25,
                                                             22,  18,  15, 13, 11, 9,  7,  6};
inline constexpr std::array<std::uint8_t, 16> next_seen{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15};

/// Both are read sixteen bytes at a time.
struct CounterBytes {
  alignas(16) std::array<std::uint8_t, 16> trust, speeds, next_seen;
};
inline constexpr CounterBytes counter_bytes{counter_trust, counter_speeds, next_seen};

/// What a counter becomes that learns a bit: p moves by a part of its way, and by 1/4096 at least.
[[nodiscard]] inline Counter learned_counter(Counter counter, bool bit) noexcept {
  const std::uint32_t flip = bit ? 0xFFF0 : 0;
  const std::uint32_t seen = counter & 15U;
  const std::uint32_t way = (counter ^ flip) & 0xFFF0U;
  const std::uint32_t left = way - (way * counter_speeds[seen] >> 8);
  return static_cast<Counter>((((left == 0 ? 0 : left - 1) & 0xFFF0U) ^ flip) | next_seen[seen]);
}

/// 2^23 log2(v) for v = 1 .. 8191, straight between powers of two: the bits of v as a float, but for a constant.
[[nodiscard]] inline std::int32_t rough_log2(std::int32_t v) noexcept {
  return std::bit_cast<std::int32_t>(static_cast<float>(v));
}

/// The log odds of a counter in about 1/400.
[[nodiscard]] inline std::int32_t counter_input(Counter counter) noexcept {
  const std::int32_t twice = 2 * (counter >> 4) + 1;
  return ((rough_log2(twice) - rough_log2(8192 - twice)) >> 13) * counter_trust[counter & 15U] >> 8;
}

/// How far a bit moves weights, for each unit of an input, in 1/2^15.
[[nodiscard]] inline std::int32_t step_of(const RowBit& bit, std::int32_t rate) noexcept {
  return std::clamp((((bit.value ? 65536 : 0) - bit.probability) * rate) >> 12, -32767, 32767);
}

}  // namespace vqi::detail
