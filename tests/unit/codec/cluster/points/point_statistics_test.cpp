// Mean, variances and covariance of weighted points, by plain loops.
#include "point_statistics.hpp"

#include <catch2/catch.hpp>

#include "made_points.hpp"
#include "test_work.hpp"

using vqi::cluster::detail::PointStatistics;
using vqi::cluster::detail::PointTiles;
using vqi::test::make_tiles;
using vqi::test::TestWork;

TEST_CASE("statistics are those of plain loops, and points without weight do not count") {
  const TestWork work;
  for (const std::uint32_t dimension : {1U, 3U}) {
    const PointTiles points = vqi::test::make_weighted_clouds(1000, dimension);
    const PointStatistics statistics = vqi::cluster::detail::point_statistics(points, work.pool);
    const std::vector<double> covariance = vqi::cluster::detail::point_covariance(points, statistics.mean, work.pool);
    double mean_variance = 0;
    for (std::uint32_t i = 0; i < dimension; ++i) {
      double mean = 0;
      for (std::size_t n = 0; n < points.size(); ++n) mean += points.weight(n) * points.at(n, i);
      mean /= points.total_weight();
      CHECK(statistics.mean[i] == Approx(mean));
      for (std::uint32_t j = 0; j < dimension; ++j) {
        double sum = 0;
        for (std::size_t n = 0; n < points.size(); ++n)
          sum += points.weight(n) * (points.at(n, i) - statistics.mean[i]) * (points.at(n, j) - statistics.mean[j]);
        CHECK(covariance[i * dimension + j] == Approx(sum / points.total_weight()));
        CHECK(covariance[i * dimension + j] == covariance[j * dimension + i]);
      }
      CHECK(statistics.variances[i] == Approx(covariance[i * dimension + i]));
      mean_variance += statistics.variances[i] / dimension;
    }
    CHECK(statistics.mean_variance == Approx(mean_variance));
  }
}

TEST_CASE("points far from the origin keep their variance, and equal ones have none") {
  const TestWork work;
  const PointStatistics far =
      vqi::cluster::detail::point_statistics(make_tiles(std::vector<double>{1e9, 1e9 + 2}, 1), work.pool);
  CHECK(far.variances[0] == 1);
  const PointStatistics equal =
      vqi::cluster::detail::point_statistics(make_tiles(std::vector<double>(60, 0.1), 3), work.pool);
  CHECK(equal.mean_variance == Approx(0).margin(1e-30));
}

TEST_CASE("threads change no bit of the statistics") {
  const PointTiles points = vqi::test::make_weighted_clouds(20'000, 2);
  const TestWork one;
  const TestWork three(3);
  const PointStatistics first = vqi::cluster::detail::point_statistics(points, one.pool);
  const PointStatistics second = vqi::cluster::detail::point_statistics(points, three.pool);
  CHECK(first.mean == second.mean);
  CHECK(first.variances == second.variances);
  CHECK(vqi::cluster::detail::point_covariance(points, first.mean, one.pool) ==
        vqi::cluster::detail::point_covariance(points, first.mean, three.pool));
}
