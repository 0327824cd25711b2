// Counter: the adaptive probability of a bit in one context, in 16 bits (FORMAT.md, "Counters").
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "logistic.hpp"

namespace vqi::detail {

/// The upper 12 bits are the probability of a 1 in 1/4096 (0 .. 4095), the lower 4 tell how many bits
/// were seen, up to 15. Plain integers, so that tables of them can be filled and moved as such.
using Counter = std::uint16_t;

inline constexpr Counter even_counter = 2048 << 4;

/// 65536 / (0.85 r) for r = 2 3 4 5 6 8 10 12 14 17 20 24 28 34 42 50: the first bits count the most,
/// the last ones more than in a mean over all, since pictures change.
inline constexpr std::array<std::int32_t, 16> counter_rates{38550, 25700, 19275, 15420, 12850, 9637, 7710, 6425,
                                                            5507,  4535,  3855,  3212,  2753,  2267, 1835, 1542};
/// In 1/256: how much of its log odds a counter that saw so few bits may say.
inline constexpr std::array<std::int32_t, 16> counter_confidence{0,   115, 140, 166, 192, 217, 243, 256,
                                                                 256, 256, 256, 256, 256, 256, 256, 256};

[[nodiscard]] inline std::int32_t counter_logit(Counter counter) noexcept {
  return (stretch(counter >> 4U) * counter_confidence[counter & 15U]) >> 8;
}

inline void update_counter(Counter& counter, bool bit) noexcept {
  const std::int32_t seen = counter & 15;
  const std::int32_t p = counter >> 4;
  const std::int32_t target = bit ? 4095 : 0;
  const std::int32_t rounding = bit ? 65535 : 0;  // up, away from p
  const std::int32_t moved = p + (((target - p) * counter_rates[static_cast<std::size_t>(seen)] + rounding) >> 16);
  counter = static_cast<Counter>(moved << 4 | (seen + (seen < 15 ? 1 : 0)));
}

}  // namespace vqi::detail
