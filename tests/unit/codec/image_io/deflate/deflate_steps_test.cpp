// symbol_prices: ideal code lengths, within bounds. guessed_counts: literals by bytes, short and near matches first.
#include "deflate_steps.hpp"

#include <catch2/catch.hpp>
#include <vector>

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

TEST_CASE("guessed counts have literals as the bytes are, and more short and near matches than long and far ones") {
  std::vector<std::uint8_t> bytes(3000, std::uint8_t{1});
  bytes.resize(4000, std::uint8_t{2});
  const SymbolCounts counts = guessed_counts(bytes);
  CHECK(counts.main[1] == 900);
  CHECK(counts.main[2] == 300);
  CHECK(counts.main[3] == 0);
  CHECK(counts.main[first_length_symbol] > counts.main[first_length_symbol + 20]);
  CHECK(counts.distances[0] > counts.distances[1]);
}
