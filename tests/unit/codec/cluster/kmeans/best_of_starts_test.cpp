// The best of several k-means++ starts.
#include "best_of_starts.hpp"

#include <catch2/catch.hpp>

#include "made_points.hpp"
#include "point_kmeanspp.hpp"
#include "test_work.hpp"

using vqi::cluster::KmeansOptions;
using vqi::cluster::KmeansResult;
using vqi::cluster::detail::PointTiles;
using vqi::detail::Random;
using vqi::test::TestWork;

namespace {

KmeansResult best(const PointTiles& points, const KmeansOptions& options, std::uint64_t seed) {
  TestWork work;
  Random random(seed);
  return vqi::cluster::detail::best_of_starts(points, options, random, work);
}

}  // namespace

TEST_CASE("the result is that of the best start, each descended from its own draws") {
  const PointTiles points = vqi::test::make_weighted_clouds(200, 2);
  KmeansOptions options;
  options.k = 7;
  options.starts = 6;
  TestWork work;
  Random random(4);
  vqi::cluster::detail::PointKmeanspp seeding(points);
  std::vector<double> objectives;
  std::vector<double> means;
  for (int start = 0; start < 6; ++start) {
    seeding.clear();
    for (int k = 0; k < 7; ++k) seeding.draw(random);
    const KmeansResult result =
        vqi::cluster::detail::point_lloyd(points, {options.max_iterations, 0, seeding.means()}, work);
    if (start == 0 || result.objective < *std::min_element(objectives.begin(), objectives.end())) means = result.means;
    objectives.push_back(result.objective);
  }
  CHECK(best(points, options, 4).means == means);
}

TEST_CASE("starts are judged by what they end with, where their steps run out too") {
  const PointTiles points = vqi::test::make_weighted_clouds(200, 2);
  KmeansOptions options;
  options.k = 7;
  options.starts = 20;
  TestWork work;
  for (const std::uint32_t steps : {0U, 1U, 2U}) {
    options.max_iterations = steps;
    Random random(4);
    vqi::cluster::detail::PointKmeanspp seeding(points);
    double least = 1e300;
    for (int start = 0; start < 20; ++start) {
      seeding.clear();
      for (int k = 0; k < 7; ++k) seeding.draw(random);
      least = std::min(least, vqi::cluster::detail::point_lloyd(points, {steps, 0, seeding.means()}, work).objective);
    }
    CHECK(best(points, options, 4).objective == least);
  }
}

TEST_CASE("more starts are never worse, and no start counts as one") {
  const PointTiles points = vqi::test::make_weighted_clouds(200, 2);
  KmeansOptions options;
  options.k = 9;
  double last = 1e300;
  for (const std::uint32_t starts : {1U, 3U, 10U}) {
    options.starts = starts;
    const double objective = best(points, options, 1).objective;
    CHECK(objective <= last * (1 + 1e-12));
    last = objective;
  }
  options.starts = 1;
  const KmeansResult one = best(points, options, 2);
  options.starts = 0;
  CHECK(best(points, options, 2).means == one.means);
}
