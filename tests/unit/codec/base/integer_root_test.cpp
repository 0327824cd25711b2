// Exact integer helpers at their limits.
#include "integer.hpp"

#include <catch2/catch.hpp>
#include <limits>

TEST_CASE("an integer square root is the greatest number whose square is not above the value") {
  using vqi::detail::integer_sqrt;
  for (std::uint64_t value = 0; value < 5000; ++value) {
    const std::uint64_t root = integer_sqrt(value);
    CHECK(root * root <= value);
    CHECK((root + 1) * (root + 1) > value);
  }
  constexpr std::uint64_t greatest = (std::uint64_t{1} << 32) - 1;
  CHECK(integer_sqrt(greatest * greatest) == greatest);
  CHECK(integer_sqrt(greatest * greatest - 1) == greatest - 1);
  CHECK(integer_sqrt(std::numeric_limits<std::uint64_t>::max()) == greatest);
}
