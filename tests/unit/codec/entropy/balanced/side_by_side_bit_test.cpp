// What a counter says among rows side by side, and how far a bit moves weights.
#include "side_by_side_bit.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using vqi::detail::Counter;
using vqi::detail::counter_input;
using vqi::detail::learned_counter;

TEST_CASE("a counter that saw many bits says its log odds, but for the straight pieces of the logarithm") {
  for (std::uint32_t p = 0; p < 4096; ++p) {
    const double odds = (2.0 * p + 1) / (8191 - 2.0 * p);
    CHECK(counter_input(static_cast<Counter>(p << 4 | 15)) == Approx(404 * std::log(odds)).margin(50));
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
  CHECK(step_of(surprise, 300) == (65534 * 300) >> 12);
  CHECK(step_of(expected, 2100) == -2);
}

TEST_CASE("a counter moves towards every bit until it is sure, and mirrored counters learn alike") {
  for (std::uint32_t value = 0; value < 65536; ++value) {
    const auto counter = static_cast<Counter>(value);
    const Counter learned = learned_counter(counter, false);
    CHECK((counter >> 4 == 0 ? learned >> 4 == 0 : learned >> 4 < counter >> 4));
    CHECK((learned & 15) == std::min((counter & 15) + 1, 15));
    const auto mirror = static_cast<Counter>(counter ^ 0xFFF0);
    CHECK(learned_counter(mirror, true) == (learned ^ 0xFFF0));
  }
}
