// uniform_number: the numbers of [0, 1) that 53 bits hold, evenly.
#include "uniform_number.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>

TEST_CASE("numbers lie from 0 to below 1, fill that range evenly and are multiples of 2^-53") {
  vqi::detail::Random random(1);
  std::array<int, 10> seen{};
  for (int i = 0; i < 10'000; ++i) {
    const double number = vqi::cluster::detail::uniform_number(random);
    REQUIRE(number >= 0);
    REQUIRE(number < 1);
    REQUIRE(std::ldexp(number, 53) == std::floor(std::ldexp(number, 53)));
    ++seen.at(static_cast<std::size_t>(number * 10));
  }
  for (const int count : seen) CHECK(std::abs(count - 1000) < 160);  // five standard deviations
}
