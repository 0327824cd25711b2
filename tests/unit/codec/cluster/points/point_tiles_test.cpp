// PointTiles: points come back as appended, the last tile is padded without weight, and ranges cover all tiles.
#include "point_tiles.hpp"

#include <catch2/catch.hpp>

#include "made_points.hpp"

using vqi::cluster::detail::PointTiles;
using vqi::cluster::detail::tile_lanes;

TEST_CASE("points are read back with their weights, and the last tile is filled with weightless points at the origin") {
  for (const std::uint32_t dimension : {1U, 2U, 5U})
    for (const std::size_t count : {1U, 7U, 8U, 9U, 100U}) {
      vqi::detail::Random random(count);
      const std::vector<double> values = vqi::test::uniform_cloud(count, dimension, random);
      const std::vector<double> weights = vqi::test::uniform_cloud(count, 1, random);
      const PointTiles points = vqi::test::make_tiles(values, dimension, weights);
      CHECK(points.size() == count);
      CHECK(points.dimension() == dimension);
      REQUIRE(points.tile_count() == (count + 7) / 8);
      double total = 0;
      std::vector<double> x(dimension);
      for (std::size_t n = 0; n < count; ++n) {
        total += weights[n];
        points.read(n, x);
        CHECK(points.weight(n) == weights[n]);
        CHECK(points.tile_weights(n / tile_lanes)[n % tile_lanes] == weights[n]);
        for (std::uint32_t i = 0; i < dimension; ++i) {
          CHECK(x[i] == values[n * dimension + i]);
          CHECK(points.at(n, i) == values[n * dimension + i]);
        }
      }
      CHECK(points.total_weight() == total);
      for (std::size_t n = count; n < points.tile_count() * tile_lanes; ++n) {
        CHECK(points.weight(n) == 0);
        for (std::uint32_t i = 0; i < dimension; ++i) CHECK(points.at(n, i) == 0);
      }
    }
}

TEST_CASE("ranges cover every tile once, in order, and are fewer where their sums would be large") {
  for (const std::size_t count : {1U, 500U, 8 * 64U, 8 * 64 * 10U, 60'000U}) {
    const PointTiles points = vqi::test::make_tiles(std::vector<double>(count, 1.0), 1);
    for (const std::size_t numbers : {std::size_t{0}, std::size_t{1}, std::size_t{1} << 22, std::size_t{1} << 40}) {
      const auto ranges = vqi::cluster::detail::cut_tiles(points, numbers);
      REQUIRE_FALSE(ranges.empty());
      CHECK(ranges.front().begin == 0);
      CHECK(ranges.back().end == points.tile_count());
      for (std::size_t r = 1; r < ranges.size(); ++r) CHECK(ranges[r].begin == ranges[r - 1].end);
      CHECK(ranges.size() <= 64);
      if (numbers == std::size_t{1} << 40) CHECK(ranges.size() <= 2);
    }
  }
}
