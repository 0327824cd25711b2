// Random: our own generator, because the standard distributions differ between libraries.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "integer.hpp"

namespace vqi::detail {

/// One step of splitmix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014): a permutation of 64 bits that mixes them well.
[[nodiscard]] constexpr std::uint64_t splitmix64(std::uint64_t state) noexcept {
  state += 0x9E3779B97F4A7C15U;
  state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9U;
  state = (state ^ (state >> 27)) * 0x94D049BB133111EBU;
  return state ^ (state >> 31);
}

/// xoshiro256** (Blackman and Vigna, ACM TOMS 47(4), 2021), seeded by splitmix64. The same seed
/// gives the same numbers on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) noexcept {
    for (std::uint64_t& word : state_) {
      word = splitmix64(seed);
      seed += 0x9E3779B97F4A7C15U;
    }
  }

  [[nodiscard]] std::uint64_t next() noexcept {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  /// Uniform in 0 .. bound - 1 up to a bias of bound / 2^64; bound > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) noexcept {
    return static_cast<std::uint64_t>((uint128{next()} * bound) >> 64);
  }

  /// As above for 128-bit bounds; the bias is at most bound / 2^128.
  [[nodiscard]] uint128 below_wide(uint128 bound) noexcept {
    const uint128 high = next();
    const uint128 value = high << 64 | next();
    return bound == 0 ? 0 : value % bound;
  }

 private:
  std::array<std::uint64_t, 4> state_{};
};

}  // namespace vqi::detail
