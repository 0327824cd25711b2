// fixed_log2 against the floating-point logarithm.
#include "fixed_log2.hpp"

#include <catch2/catch.hpp>
#include <cmath>

TEST_CASE("fixed logarithms are exact for powers of two and differ by less than 2 units elsewhere") {
  using vqi::detail::fixed_log2;
  for (std::uint32_t bit = 0; bit < 63; ++bit) CHECK(fixed_log2(std::uint64_t{1} << bit) == bit << 16);
  for (std::uint64_t value = 1; value < 100'000; ++value) {
    const double exact = std::log2(static_cast<double>(value)) * 65536;
    if (std::abs(exact - fixed_log2(value)) > 2) FAIL(value);
  }
}
