// Tests of the threshold tiles: every rank once, and evenly spread.
#include "threshold_tile.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <vector>

namespace vqi {
using namespace detail;
namespace {

bool has_each_rank_once(const ThresholdTile& tile) {
  std::vector<std::uint16_t> ranks = tile.ranks;
  std::sort(ranks.begin(), ranks.end());
  for (std::size_t i = 0; i < ranks.size(); ++i)
    if (ranks[i] != i) return false;
  return ranks.size() == tile.count();
}

/// The least squared distance, around the torus, between two places whose rank is below `count`.
std::int64_t least_distance_sq(const ThresholdTile& tile, std::uint32_t count) {
  std::vector<std::uint32_t> places;
  for (std::uint32_t place = 0; place < tile.count(); ++place)
    if (tile.ranks[place] < count) places.push_back(place);
  const auto around = [&](std::uint32_t a, std::uint32_t b) {
    const std::int64_t straight = std::abs(std::int64_t{a} - b);
    return std::min(straight, tile.side - straight);
  };
  std::int64_t least = std::int64_t{2} * tile.side * tile.side;
  for (std::size_t i = 0; i < places.size(); ++i)
    for (std::size_t j = i + 1; j < places.size(); ++j) {
      const std::int64_t dx = around(places[i] % tile.side, places[j] % tile.side);
      const std::int64_t dy = around(places[i] / tile.side, places[j] / tile.side);
      least = std::min(least, dx * dx + dy * dy);
    }
  return least;
}

}  // namespace

TEST_CASE("Bayer's matrix is the published one") {
  const ThresholdTile tile = bayer_tile();
  REQUIRE(has_each_rank_once(tile));
  const std::vector<std::uint16_t> first_rows{0,  32, 8,  40, 2,  34, 10, 42,  //
                                              48, 16, 56, 24, 50, 18, 58, 26};
  CHECK(std::equal(first_rows.begin(), first_rows.end(), tile.ranks.begin()));
}

TEST_CASE("the first places of the blue noise tile keep apart, at whatever rank") {
  const ThresholdTile& tile = blue_noise_tile();
  REQUIRE(tile.side == 64);
  REQUIRE(has_each_rank_once(tile));
  // As many places on a grid would be sqrt(4096 / count) apart; random ones would touch.
  CHECK(least_distance_sq(tile, 64) >= 16);
  CHECK(least_distance_sq(tile, 256) >= 5);
  CHECK(least_distance_sq(tile, 512) >= 2);
}

TEST_CASE("each quarter of the blue noise tile has its share of every threshold") {
  const ThresholdTile& tile = blue_noise_tile();
  for (std::uint32_t level = 64; level < tile.count(); level += 64)
    for (std::uint32_t quarter = 0; quarter < 4; ++quarter) {
      std::int64_t below = 0;
      for (std::uint32_t y = 0; y < 32; ++y)
        for (std::uint32_t x = 0; x < 32; ++x)
          below += tile.at(x + quarter % 2 * 32, y + quarter / 2 * 32) < level ? 1 : 0;
      CHECK(std::abs(below - std::int64_t{level} / 4) <= 8);
    }
}

TEST_CASE("tiles repeat") {
  const ThresholdTile tile = bayer_tile();
  CHECK(tile.at(3, 5) == tile.at(3 + 8, 5 + 16));
}

}  // namespace vqi
