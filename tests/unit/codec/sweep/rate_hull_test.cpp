// find_rate_hull: by hand, and against the definition of the hull on random points.
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "random.hpp"
#include "vqi/sweep.hpp"

using vqi::RateHull;
using vqi::RatePoint;

TEST_CASE("the hull leaves out what a mixture of other points beats, and the knee is farthest below the chord") {
  //              corner     above      corner, knee  on an edge  corner   worse than it
  const std::vector<RatePoint> points{{1, 100}, {2, 60}, {3, 10}, {5, 6}, {7, 2}, {9, 2}};
  const RateHull hull = vqi::find_rate_hull(points);
  CHECK(hull.on_hull == std::vector<bool>{true, false, true, true, true, false});
  CHECK(hull.knee == 2U);
}

TEST_CASE("the order of points does not matter, and equal points are marked alike") {
  const std::vector<RatePoint> points{{7, 2}, {3, 10}, {2, 60}, {3, 10}, {1, 100}};
  const RateHull hull = vqi::find_rate_hull(points);
  CHECK(hull.on_hull == std::vector<bool>{true, true, false, true, true});
  CHECK(hull.knee == 1U);
}

TEST_CASE("fewer than three different points have no knee") {
  CHECK(vqi::find_rate_hull({}).on_hull.empty());
  const std::vector<RatePoint> one{{1, 1}};
  CHECK(vqi::find_rate_hull(one).on_hull == std::vector<bool>{true});
  const std::vector<RatePoint> two{{1, 5}, {2, 0}, {2, 0}};
  CHECK(vqi::find_rate_hull(two).on_hull == std::vector<bool>{true, true, true});
  CHECK_FALSE(vqi::find_rate_hull(two).knee.has_value());
  const std::vector<RatePoint> line{{1, 3}, {2, 2}, {3, 1}};
  CHECK_FALSE(vqi::find_rate_hull(line).knee.has_value());
}

TEST_CASE("a random point is on the hull exactly if it minimises distortion plus some multiple of rate") {
  vqi::detail::Random random(5);
  for (int round = 0; round < 200; ++round) {
    std::vector<RatePoint> points(1 + random.below(12));
    for (RatePoint& point : points)
      point = {double{1} * static_cast<double>(random.below(20)), double{1} * static_cast<double>(random.below(20))};
    const RateHull hull = vqi::find_rate_hull(points);
    for (std::size_t i = 0; i < points.size(); ++i) {
      // Slopes between points of this grid are fractions of numbers below 20: 1/400 separates them, and a lambda
      // halfway as well as every fraction itself is tried. Lambda 0 decides by the rate.
      bool best = false;
      const auto try_lambda = [&](double lambda) {
        bool least = true;
        for (const RatePoint& other : points) {
          const double own_cost = points[i].mse + lambda * points[i].bpp;
          const double other_cost = other.mse + lambda * other.bpp;
          if (other_cost < own_cost - 1e-9) least = false;
          if (lambda == 0 && other_cost == own_cost && other.bpp < points[i].bpp) least = false;
        }
        best = best || least;
      };
      try_lambda(0);
      for (int rise = 1; rise < 20; ++rise)
        for (int run = 1; run < 20; ++run) try_lambda(static_cast<double>(rise) / run);
      try_lambda(1e6);
      CAPTURE(round, i, points[i].bpp, points[i].mse);
      CHECK(hull.on_hull[i] == best);
    }
  }
}
