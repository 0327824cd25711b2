// What a counter says among rows side by side, and how far a bit moves weights.
#include "side_by_side_bit.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using vqi::detail::Counter;
using vqi::detail::counter_input;

TEST_CASE("a counter that saw many bits says its log odds, but for the straight pieces of the logarithm") {
  for (std::uint32_t p = 0; p < 4096; ++p) {
    const double odds = (2.0 * p + 1) / (8191 - 2.0 * p);
    CHECK(counter_input(static_cast<Counter>(p << 4 | 15)) == Approx(256 * std::log(odds)).margin(32));
  }
}

TEST_CASE("a counter that saw nothing says nothing, and one says the more the more it has seen") {
  for (std::uint32_t p = 0; p < 4096; p += 5) {
    CHECK(counter_input(static_cast<Counter>(p << 4)) == 0);
    for (std::uint32_t seen = 1; seen < 16; ++seen)
      CHECK(std::abs(counter_input(static_cast<Counter>(p << 4 | seen))) + 1 >=
            std::abs(counter_input(static_cast<Counter>(p << 4 | (seen - 1)))));
  }
}

TEST_CASE("a step has the sign of the surprise and fits into 16 bits") {
  const vqi::detail::RowBit surprise{{}, nullptr, nullptr, 2, true};
  const vqi::detail::RowBit expected{{}, nullptr, nullptr, 2, false};
  CHECK(step_of(surprise, 2100) == 32767);
  CHECK(step_of(surprise, 300) == (65534 * 300) >> 11);
  CHECK(step_of(expected, 2100) == -3);
}
