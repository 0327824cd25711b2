// Rounding, products and sums that know their bounds.
#include "integer.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

TEST_CASE("division rounds up, also at the greatest dividend") {
  for (unsigned dividend = 0; dividend < 50; ++dividend)
    for (unsigned divisor = 1; divisor < 12; ++divisor) {
      const unsigned quotient = vqi::detail::divide_up(dividend, divisor);
      CHECK(quotient * divisor >= dividend);
      CHECK((quotient == 0 || (quotient - 1) * divisor < dividend));
    }
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  CHECK(vqi::detail::divide_up(most, std::uint64_t{2}) == (most >> 1) + 1);
  CHECK(vqi::detail::divide_up(most, most) == 1);
}

TEST_CASE("division rounds to the nearest integer, and halves away from zero") {
  for (int dividend = -60; dividend <= 60; ++dividend)
    for (int divisor = 1; divisor < 12; ++divisor)
      CHECK(vqi::detail::divide_round(dividend, divisor) ==
            static_cast<int>(std::round(static_cast<double>(dividend) / divisor)));
  CHECK(vqi::detail::divide_round(vqi::detail::int128{-5}, vqi::detail::int128{2}) == -3);
}

TEST_CASE("a product or sum beyond 64 bits is none") {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  CHECK(vqi::detail::checked_product(most, 1) == most);
  CHECK(vqi::detail::checked_product(0, most) == 0U);
  CHECK(vqi::detail::checked_product(std::uint64_t{1} << 32, (std::uint64_t{1} << 32) - 1) == most - 0xFFFFFFFFU);
  CHECK_FALSE(vqi::detail::checked_product(std::uint64_t{1} << 32, std::uint64_t{1} << 32));
  CHECK_FALSE(vqi::detail::checked_product(most, 2));
  CHECK(vqi::detail::checked_sum(most - 1, 1) == most);
  CHECK_FALSE(vqi::detail::checked_sum(most, 1));
  CHECK_FALSE(vqi::detail::checked_sum(std::nullopt, 1));
  CHECK_FALSE(vqi::detail::checked_sum(1, std::nullopt));
}

TEST_CASE("bits_for is the fewest bits that hold every value below a count") {
  CHECK(vqi::detail::bits_for(1) == 0);
  for (std::uint64_t count = 2; count < 70; ++count) {
    const std::uint32_t bits = vqi::detail::bits_for(count);
    CHECK((std::uint64_t{1} << bits) >= count);
    CHECK((std::uint64_t{1} << (bits - 1)) < count);
  }
  CHECK(vqi::detail::bits_for(65536) == 16);
  CHECK(vqi::detail::bits_for(std::numeric_limits<std::uint64_t>::max()) == 64);
}
