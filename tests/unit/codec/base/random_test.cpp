// The random generator: numbers that are fixed for ever, and ranges that are kept.
#include "random.hpp"

#include <array>
#include <catch2/catch.hpp>

TEST_CASE("a seed gives the numbers of xoshiro256** seeded by splitmix64, on every machine") {
  // From the authors' reference code, https://prng.di.unimi.it, for splitmix64 seed 0.
  vqi::detail::Random random(0);
  CHECK(random.next() == 0x99EC5F36CB75F2B4U);
  CHECK(random.next() == 0xBF6E1F784956452AU);
  CHECK(random.next() == 0x1A5F849D4933E6E0U);
}

TEST_CASE("numbers below a bound reach all of it and nothing else, evenly") {
  vqi::detail::Random random(3);
  std::array<int, 7> seen{};
  for (int i = 0; i < 7000; ++i) ++seen.at(random.below(7));
  for (const int count : seen) CHECK(std::abs(count - 1000) < 150);  // five standard deviations
  for (int i = 0; i < 100; ++i) {
    CHECK(random.below(1) == 0);
    CHECK(random.below_wide(1) == 0);
    CHECK(random.below_wide(vqi::detail::uint128{1} << 70) >> 70 == 0);
  }
  CHECK(random.below_wide(0) == 0);
}

TEST_CASE("wide numbers use more than 64 bits where the bound does") {
  vqi::detail::Random random(4);
  const vqi::detail::uint128 bound = vqi::detail::uint128{1} << 100;
  vqi::detail::uint128 all = 0;
  for (int i = 0; i < 200; ++i) all |= random.below_wide(bound);
  CHECK(all == bound - 1);
}
