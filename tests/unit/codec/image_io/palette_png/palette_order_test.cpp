// Palette orders: annealing finds a line, keeps groups apart, and is the same in every run.
#include "palette_order.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <stdexcept>

using namespace vqi::detail;

namespace {

/// The sum that annealing lowers.
std::int64_t arrangement_cost(const PairCounts& pairs, const std::vector<std::uint8_t>& places) {
  const std::vector<std::int16_t> costs = logarithmic_costs(pairs.colours());
  std::int64_t sum = 0;
  for (std::size_t a = 0; a < places.size(); ++a)
    for (std::size_t b = 0; b < places.size(); ++b)
      sum += std::int64_t{pairs.counts()[a * places.size() + b]} *
             costs[static_cast<std::size_t>(std::abs(places[a] - places[b]))];
  return sum;
}

bool is_permutation_of_places(std::vector<std::uint8_t> places) {
  std::sort(places.begin(), places.end());
  for (std::size_t i = 0; i < places.size(); ++i)
    if (places[i] != i) return false;
  return true;
}

/// Colours in a chain, each the neighbour of the next, under mixed names.
PairCounts chain_of(std::size_t colours) {
  PairCounts pairs(colours);
  const auto name = [&](std::size_t i) { return static_cast<std::uint8_t>(i * 7 % colours); };
  for (std::size_t i = 0; i + 1 < colours; ++i)
    for (int times = 0; times < 100; ++times) pairs.add(name(i), name(i + 1));
  return pairs;
}

}  // namespace

TEST_CASE("annealing puts a chain of colours into nearly its own order") {
  const PairCounts pairs = chain_of(30);
  const std::vector<std::uint8_t> places = anneal_order(pairs, logarithmic_costs(30), 0, {4000, 32}, [] {});
  REQUIRE(is_permutation_of_places(places));
  CHECK(arrangement_cost(pairs, places) <= 29 * 2 * 100 * 128 * 3 / 2);  // each link costs 1 bit at best
  CHECK(places == anneal_order(pairs, logarithmic_costs(30), 0, {4000, 32}, [] {}));
}

TEST_CASE("annealing without heat never raises the cost") {
  const PairCounts pairs = chain_of(50);
  std::vector<std::uint8_t> given(50);
  for (std::size_t i = 0; i < given.size(); ++i) given[i] = static_cast<std::uint8_t>(i);
  const std::vector<std::uint8_t> places = anneal_order(pairs, logarithmic_costs(50), 0, {200, 0}, [] {});
  CHECK(arrangement_cost(pairs, places) < arrangement_cost(pairs, given));
}

TEST_CASE("annealing keeps the first group of colours in front") {
  const std::vector<std::uint8_t> places = anneal_order(chain_of(20), logarithmic_costs(20), 6, {500, 32}, [] {});
  REQUIRE(is_permutation_of_places(places));
  for (std::size_t k = 0; k < places.size(); ++k) CHECK((places[k] < 6) == (k < 6));
}

TEST_CASE("kept colours keep their places") {
  const std::vector<std::uint8_t> places = anneal_order(
      chain_of(20), logarithmic_costs(20), 6, {500, 32}, [] {}, 3);
  REQUIRE(is_permutation_of_places(places));
  for (std::size_t k = 0; k < 3; ++k) CHECK(places[k] == k);
  for (std::size_t k = 0; k < places.size(); ++k) CHECK((places[k] < 6) == (k < 6));
  const PaletteMap map{1, 1, {0}, {0xFFFFFFFF, 0xFF000000, 0xFF00FF00, 0xFF0000FF}, 2};
  CHECK(luma_order(map) == std::vector<std::uint8_t>{0, 1, 3, 2});
}

TEST_CASE("annealing holds counts of large images and stops where polling throws") {
  PairCounts pairs(3);
  for (int i = 0; i < 3'000'000; ++i) pairs.add(0, 2);
  const std::vector<std::uint8_t> places = anneal_order(pairs, logarithmic_costs(3), 0, {500, 32}, [] {});
  CHECK(std::abs(places[0] - places[2]) == 1);
  CHECK_THROWS_AS(anneal_order(pairs, logarithmic_costs(3), 0, {500, 32}, [] { throw std::runtime_error("stop"); }),
                  std::runtime_error);
}

TEST_CASE("neighbour counts see left and upper neighbours once, and no colour beside itself") {
  const PairCounts pairs = neighbour_counts({2, 2, {0, 0, 1, 2}, {1, 2, 3}});
  CHECK(pairs.counts() == std::vector<std::uint32_t>{0, 1, 1, 1, 0, 1, 1, 1, 0});
}

TEST_CASE("the order by luma keeps colours that are not opaque in front") {
  const PaletteMap map{1, 1, {0}, {0x00FFFFFF, 0xFFFFFFFF, 0xFF000000, 0xFF00FF00}};
  CHECK(luma_order(map) == std::vector<std::uint8_t>{0, 3, 1, 2});
}

TEST_CASE("the order by frequency has frequent colours first, behind kept and translucent ones") {
  PaletteMap map{5, 2, {0, 1, 1, 2, 3, 3, 3, 3, 4, 4}, {}, 1};
  map.colours = {0xFF000001, 0x80000002, 0x40000003, 0xFF000004, 0xFF000005};
  CHECK(frequency_order(map) == std::vector<std::uint8_t>{0, 1, 2, 3, 4});
  map.indices = {0, 1, 2, 2, 2, 3, 4, 4, 4, 4};
  CHECK(frequency_order(map) == std::vector<std::uint8_t>{0, 2, 1, 4, 3});
}
