// PointKmeanspp: means are points, far ones and heavy ones first, and copies only where there is nothing else.
#include "point_kmeanspp.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "made_points.hpp"

using vqi::cluster::detail::PointKmeanspp;
using vqi::cluster::detail::PointTiles;
using vqi::detail::Random;
using vqi::test::make_tiles;

TEST_CASE("means are points with weight, all different while there are different ones, then copies") {
  const std::vector<double> values{0, 1, 2, 3, 4, 4, 4, 100};
  const std::vector<double> weights{1, 2, 1, 1, 1, 1, 1, 0};
  const PointTiles points = make_tiles(values, 1, weights);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    PointKmeanspp seeding(points);
    Random random(seed);
    for (int k = 0; k < 5; ++k) seeding.draw(random);
    const std::set<double> means(seeding.means().begin(), seeding.means().end());
    CHECK(means == std::set<double>{0, 1, 2, 3, 4});
    seeding.draw(random);
    CHECK(seeding.means().size() == 6);
    CHECK(means.count(seeding.means()[5]) == 1);
  }
}

TEST_CASE("two clouds get a mean each, whatever the seed") {
  Random random(1);
  const std::vector<double> centres{0, 0, 1000, 1000};
  const PointTiles points = make_tiles(vqi::test::bell_clouds(centres, 2, 50, 1, random), 2);
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    PointKmeanspp seeding(points);
    Random own(seed);
    seeding.draw(own);
    seeding.draw(own);
    CHECK((seeding.means()[0] < 500) != (seeding.means()[2] < 500));
  }
}

TEST_CASE("a mean that is taken counts for the draws after it, and clearing forgets") {
  const PointTiles points = make_tiles(std::vector<double>{0, 0, 0, 0, 50}, 1);
  PointKmeanspp seeding(points);
  Random random(1);
  seeding.take(std::vector<double>{0});
  seeding.draw(random);
  CHECK(seeding.means() == std::vector<double>{0, 50});
  seeding.clear();
  CHECK(seeding.means().empty());
  seeding.take(std::vector<double>{50, 7});
  seeding.draw(random);
  CHECK(seeding.means() == std::vector<double>{50, 7, 0});
}

TEST_CASE("the first mean is drawn by weight") {
  const PointTiles points = make_tiles(std::vector<double>{1, 2}, 1, std::vector<double>{1, 999});
  int heavy = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    PointKmeanspp seeding(points);
    Random random(seed);
    seeding.draw(random);
    if (seeding.means()[0] == 2) ++heavy;
  }
  CHECK(heavy >= 196);
}
