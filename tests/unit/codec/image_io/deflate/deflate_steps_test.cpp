// symbol_prices: ideal code lengths, within bounds.
#include "deflate_steps.hpp"

#include <catch2/catch.hpp>

using namespace vqi::detail;

TEST_CASE("prices are the code lengths of shares, with extra bits, between 1 and 15 bits") {
  SymbolCounts counts;
  counts.main[7] = 1U << 20;
  counts.main[8] = 1U << 19;
  counts.add(DeflateStep{10, 99});
  CHECK(counts.main[first_length_symbol + 7] == 1);
  CHECK(counts.distances[distance_symbol(100)] == 1);
  const SymbolPrices prices = symbol_prices(counts);
  CHECK(prices.literals[7] == 1 << price_bits);
  CHECK(prices.literals[8] == Approx(1.585 * (1 << price_bits)).margin(2));
  CHECK(prices.literals[9] == 15 << price_bits);
  CHECK(prices.lengths[258] == 15 << price_bits);
  CHECK(prices.lengths[200] == (15 + 5) << price_bits);
  CHECK(prices.distances[29] > prices.distances[0]);
}
