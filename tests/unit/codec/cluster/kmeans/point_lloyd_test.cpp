// Lloyd's steps on points of doubles: never up, exact figures at the end, with and without a price on rate.
#include "point_lloyd.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "made_points.hpp"
#include "point_statistics.hpp"
#include "test_work.hpp"
#include "vqi/error.hpp"

using vqi::cluster::KmeansResult;
using vqi::cluster::detail::PointTiles;
using vqi::test::make_tiles;
using vqi::test::TestWork;

namespace {

KmeansResult point_lloyd(const PointTiles& points, const vqi::cluster::detail::PointLloydOptions& options,
                         std::uint32_t threads = 1) {
  TestWork work(threads);
  return vqi::cluster::detail::point_lloyd(points, options, work);
}

double objective_by_loop(const PointTiles& points, const KmeansResult& result) {
  double sum = 0;
  for (std::size_t n = 0; n < points.size(); ++n)
    for (std::uint32_t i = 0; i < points.dimension(); ++i)
      sum +=
          points.weight(n) * std::pow(points.at(n, i) - result.means[result.assignment[n] * points.dimension() + i], 2);
  return sum;
}

std::vector<double> first_points(const PointTiles& points, std::size_t k) {
  std::vector<double> means;
  for (std::size_t n = 1; n <= k; ++n)
    for (std::uint32_t i = 0; i < points.dimension(); ++i) means.push_back(points.at(n, i));
  return means;
}

}  // namespace

TEST_CASE("the objective never rises, and what is returned at the end fits together") {
  for (const std::uint32_t dimension : {1U, 3U}) {
    const PointTiles points = vqi::test::make_weighted_clouds(500, dimension);
    const KmeansResult result = point_lloyd(points, {300, 0, first_points(points, 6)});
    CHECK(result.converged);
    CHECK(result.iterations == result.history.size());
    for (std::size_t i = 1; i < result.history.size(); ++i)
      CHECK(result.history[i].objective <= result.history[i - 1].objective * (1 + 1e-12));
    CHECK(result.objective == Approx(objective_by_loop(points, result)).epsilon(1e-9));
    CHECK(result.history[0].changed_points == points.size());
    REQUIRE(result.assignment.size() == points.size());
    // Each mean is that of its points, and its weight their share.
    for (std::size_t k = 0; k < 6; ++k) {
      double weight = 0;
      double sum = 0;
      for (std::size_t n = 0; n < points.size(); ++n) {
        if (result.assignment[n] != k) continue;
        weight += points.weight(n);
        sum += points.weight(n) * points.at(n, 0);
      }
      CHECK(result.weights[k] == Approx(weight / points.total_weight()));
      CHECK(result.means[k * dimension] == Approx(sum / weight));
    }
  }
}

TEST_CASE("steps end at their number, with means that the assignment belongs to") {
  const PointTiles points = vqi::test::make_weighted_clouds(500, 2);
  const std::vector<double> start = first_points(points, 6);
  const KmeansResult none = point_lloyd(points, {0, 0, start});
  CHECK(none.means == start);
  CHECK(none.iterations == 0);
  CHECK_FALSE(none.converged);
  const KmeansResult two = point_lloyd(points, {2, 0, start});
  CHECK(two.iterations == 2);
  CHECK(two.objective == Approx(objective_by_loop(points, two)));
}

TEST_CASE("an empty cell is given the point that is served worst, unless points lie on means") {
  const PointTiles points = make_tiles(std::vector<double>{0, 1, 2, 50}, 1);
  const KmeansResult result = point_lloyd(points, {300, 0, {0, -1000}});
  CHECK(result.history[0].repaired_cells == 1);
  CHECK(result.means == std::vector<double>{1, 50});
  const PointTiles equal = make_tiles(std::vector<double>(5, 2.0), 1);
  const KmeansResult stuck = point_lloyd(equal, {300, 0, {2, 9}});
  CHECK(stuck.converged);
  CHECK(stuck.objective == 0);
}

TEST_CASE("a price on rate empties cells that are not worth theirs, and its cost never rises") {
  const PointTiles points = vqi::test::make_weighted_clouds(500, 2);
  const std::vector<double> start = first_points(points, 30);
  const KmeansResult dear = point_lloyd(points, {300, 200, start});
  const auto used = [](const KmeansResult& result) {
    return std::count_if(result.weights.begin(), result.weights.end(), [](double weight) { return weight > 0; });
  };
  CHECK(used(dear) < 10);
  CHECK(used(point_lloyd(points, {300, 0, start})) == 30);
  for (std::size_t i = 1; i < dear.history.size(); ++i)
    CHECK(dear.history[i].objective <= dear.history[i - 1].objective * (1 + 1e-12));
}

TEST_CASE("threads change no mean, and steps stop when the callback says so") {
  const PointTiles points = vqi::test::make_weighted_clouds(20'000, 2);
  const std::vector<double> start = first_points(points, 6);
  CHECK(point_lloyd(points, {5, 0, start}).means == point_lloyd(points, {5, 0, start}, 3).means);
  TestWork work(1, [](const vqi::Progress&) { return false; });
  CHECK_THROWS_AS(vqi::cluster::detail::point_lloyd(points, {5, 0, start}, work), vqi::Error);
}

TEST_CASE("a tolerance ends the steps once the means hardly move, with the points in the cells of these means") {
  const PointTiles points = vqi::test::make_weighted_clouds(500, 2);
  const vqi::cluster::detail::PointLloydOptions all{300, 0, first_points(points, 9)};
  const KmeansResult exact = point_lloyd(points, all);
  TestWork work;
  const auto spread = vqi::cluster::detail::point_statistics(points, work.pool);
  std::uint32_t before = exact.iterations;
  for (const double tolerance : {1e-4, 1e-2, 1.0}) {
    vqi::cluster::detail::PointLloydOptions options = all;
    options.tolerance = tolerance;
    const KmeansResult result = point_lloyd(points, options);
    CHECK(result.converged);
    CHECK(result.iterations <= before);
    before = result.iterations;
    CHECK(result.objective == Approx(objective_by_loop(points, result)).epsilon(1e-9));
    // The last step moved the means by no more, and the one before it by more.
    const auto means_after = [&](std::uint32_t steps) { return point_lloyd(points, {steps, 0, all.start}).means; };
    const auto moved_sq = [&](std::uint32_t step) {
      const std::vector<double> from = means_after(step - 1);
      const std::vector<double> to = means_after(step);
      double sum = 0;
      for (std::size_t i = 0; i < from.size(); ++i) sum += (to[i] - from[i]) * (to[i] - from[i]);
      return sum;
    };
    CHECK(result.means == means_after(result.iterations));
    CHECK(moved_sq(result.iterations) <= tolerance * spread.mean_variance * (1 + 1e-9));
    if (result.iterations > 1) CHECK(moved_sq(result.iterations - 1) > tolerance * spread.mean_variance);
  }
  CHECK(before < exact.iterations);
}
