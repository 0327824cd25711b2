// DEFLATE's symbols against the table of RFC 1951, as its bases and extra bits give it.
#include "deflate_alphabet.hpp"

#include <catch2/catch.hpp>

using namespace vqi::detail;

TEST_CASE("every match length lies in its symbol's range") {
  for (std::uint32_t length = 3; length <= 258; ++length) {
    const std::uint32_t symbol = length_symbol(length);
    REQUIRE(symbol < length_symbols);
    CHECK(length >= length_bases[symbol]);
    CHECK(length <= last_length(symbol));
    CHECK(length - length_bases[symbol] < (1U << length_extra_bits(symbol)));
  }
  CHECK(length_symbol(258) == 28);
  CHECK(length_symbol(257) == 27);
  CHECK(length_extra_bits(27) == 5);
}

TEST_CASE("every distance lies in its symbol's range") {
  for (std::uint32_t distance = 1; distance <= farthest_match; ++distance) {
    const std::uint32_t symbol = distance_symbol(distance);
    if (symbol >= distance_symbols || distance < distance_base(symbol) ||
        distance - distance_base(symbol) >= (1U << distance_extra_bits(symbol)))
      FAIL(distance);
  }
  CHECK(distance_base(29) == 24577);
  CHECK(distance_extra_bits(29) == 13);
}
