// ReferenceBox: drawn points fill the data's box, along the axes asked for, with the data's weights.
#include "reference_box.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "made_points.hpp"
#include "test_work.hpp"

using vqi::cluster::GapBox;
using vqi::cluster::detail::PointTiles;
using vqi::cluster::detail::ReferenceBox;

namespace {

/// Points on a thin band along the diagonal of the plane, one without weight far away.
PointTiles diagonal_band() {
  vqi::detail::Random random(3);
  PointTiles points(2, 501);
  for (int n = 0; n < 500; ++n) {
    const double along = 100 * vqi::test::unit_number(random);
    const double across = vqi::test::unit_number(random);
    points.append(std::vector<double>{along + across, along - across}, 1 + n % 3);
  }
  points.append(std::vector<double>{-1e6, 1e6}, 0);
  return points;
}

struct Extremes {
  double low;
  double high;
};

/// Of a x + b y over the points.
Extremes extremes(const PointTiles& points, double a, double b) {
  Extremes found{1e300, -1e300};
  for (std::size_t n = 0; n < points.size(); ++n) {
    const double value = a * points.at(n, 0) + b * points.at(n, 1);
    found = {std::min(found.low, value), std::max(found.high, value)};
  }
  return found;
}

}  // namespace

TEST_CASE("drawn points fill the box along the axes asked for, and have the data's weights") {
  const PointTiles points = diagonal_band();
  const vqi::test::TestWork work;
  for (const GapBox box : {GapBox::uniform, GapBox::principal}) {
    const ReferenceBox reference(points, box, work.pool);
    vqi::detail::Random random(1);
    const PointTiles drawn = reference.draw(random);
    REQUIRE(drawn.size() == points.size());
    for (std::size_t n = 0; n < points.size(); ++n) CHECK(drawn.weight(n) == points.weight(n));
    const Extremes along = extremes(drawn, 1, 1);
    const Extremes across = extremes(drawn, 1, -1);
    CHECK(along.low > -10);
    CHECK(along.high < 210);
    CHECK(along.high - along.low > 150);
    // A box along the coordinates holds points far off the diagonal, one along the principal axes does not.
    if (box == GapBox::uniform)
      CHECK(across.high - across.low > 120);
    else
      CHECK(across.high - across.low < 5);
  }
}

TEST_CASE("draws differ from each other, and the same random numbers give the same points") {
  const PointTiles points = diagonal_band();
  const vqi::test::TestWork work;
  const ReferenceBox reference(points, GapBox::principal, work.pool);
  vqi::detail::Random random(1);
  const PointTiles first = reference.draw(random);
  const PointTiles second = reference.draw(random);
  CHECK(first.at(0, 0) != second.at(0, 0));
  vqi::detail::Random again(1);
  CHECK(reference.draw(again).at(17, 1) == first.at(17, 1));
}

TEST_CASE("equal points make a box of that one point") {
  const PointTiles points = vqi::test::make_tiles(std::vector<double>{3, 4, 3, 4, 3, 4}, 2);
  const vqi::test::TestWork work;
  for (const GapBox box : {GapBox::uniform, GapBox::principal}) {
    vqi::detail::Random random(1);
    const PointTiles drawn = ReferenceBox(points, box, work.pool).draw(random);
    for (std::size_t n = 0; n < 3; ++n) {
      CHECK(drawn.at(n, 0) == Approx(3));
      CHECK(drawn.at(n, 1) == Approx(4));
    }
  }
}
