// The mixture's kernels: the same bits on every SIMD target, and assignment by trying every component.
#include "mixture_kernels.hpp"

#include <catch2/catch.hpp>
#include <optional>

#include "made_points.hpp"
#include "simd_targets.hpp"

using vqi::cluster::detail::DensityTable;
using vqi::cluster::detail::MatrixForm;
using vqi::cluster::detail::PointTiles;
using vqi::cluster::detail::tile_lanes;

namespace {

/// Components at points, with some penalty each; `factors` fit any form.
DensityTable table_of(MatrixForm form, const PointTiles& points, std::size_t k) {
  DensityTable table;
  table.form = form;
  table.dimension = points.dimension();
  for (std::size_t c = 0; c < k; ++c) {
    table.constants.push_back(-0.5 * static_cast<double>(c % 4));
    for (std::uint32_t i = 0; i < points.dimension(); ++i) table.means.push_back(points.at(c * 3, i));
    for (std::size_t i = 0; i < vqi::cluster::detail::matrix_numbers(form, points.dimension()); ++i)
      table.factors.push_back(0.1 + 0.01 * static_cast<double>(i + c));
  }
  return table;
}

struct Result {
  std::vector<double> components, scatter, log_densities, distances;
  std::array<double, tile_lanes> log_likelihood{};
  std::vector<std::uint32_t> likeliest, nearest;
  bool operator==(const Result&) const = default;
};

Result run(const DensityTable& table, const PointTiles& points, bool tied) {
  const vqi::cluster::detail::MixtureKernels kernels = vqi::cluster::detail::mixture_kernels();
  const vqi::cluster::detail::TileRange all{0, points.tile_count()};
  const std::size_t d = table.dimension;
  vqi::cluster::detail::LaneSums sums;
  sums.components.assign(table.size() * (1 + d) * tile_lanes, 0.0);
  sums.scatter.assign((tied ? 1 : table.size()) * vqi::cluster::detail::matrix_numbers(table.form, d) * tile_lanes,
                      0.0);
  sums.tied = tied;
  kernels.accumulate(table, points, all, sums);
  const std::size_t padded = points.tile_count() * tile_lanes;
  Result result{sums.components,
                sums.scatter,
                std::vector<double>(padded),
                std::vector<double>(padded),
                sums.log_likelihood,
                std::vector<std::uint32_t>(padded),
                std::vector<std::uint32_t>(padded)};
  kernels.evaluate(table, points, all, {result.likeliest.data(), result.log_densities.data()});
  kernels.assign(table, points, all, {result.nearest.data(), result.distances.data()});
  return result;
}

}  // namespace

TEST_CASE("every SIMD target gives the same bits of all kernels, for every form of covariance") {
  for (const MatrixForm form : {MatrixForm::spherical, MatrixForm::diagonal, MatrixForm::full})
    for (const std::uint32_t dimension : {1U, 3U, 6U})
      for (const bool tied : {false, true}) {
        const PointTiles points = vqi::test::make_weighted_clouds(99, dimension);
        const DensityTable table = table_of(form, points, 5);
        std::optional<Result> first;
        vqi::test::on_every_target([&] {
          const Result result = run(table, points, tied);
          if (!first) first = result;
          CHECK(result == *first);
        });
      }
}

TEST_CASE("points are assigned to the component of least distance and constant, the first of equals") {
  vqi::test::on_every_target([] {
    const PointTiles points = vqi::test::make_weighted_clouds(99, 2);
    DensityTable table = table_of(MatrixForm::spherical, points, 6);
    for (double& constant : table.constants) constant = -3 * constant;
    table.means[4] = table.means[2];  // the third equals the second, in place and in constant
    table.means[5] = table.means[3];
    table.constants[2] = table.constants[1];
    const Result result = run(table, points, false);
    for (std::size_t n = 0; n < points.size(); ++n) {
      std::size_t best = 0;
      std::vector<double> costs;
      std::vector<double> squares;
      for (std::size_t k = 0; k < 6; ++k) {
        const double x = points.at(n, 0) - table.means[2 * k];
        const double y = points.at(n, 1) - table.means[2 * k + 1];
        squares.push_back(x * x + y * y);
        costs.push_back(squares[k] + table.constants[k]);
        if (costs[k] < costs[best]) best = k;
      }
      REQUIRE(result.nearest[n] == best);
      REQUIRE(result.distances[n] == Approx(squares[best]).margin(1e-12));
    }
  });
}

TEST_CASE("a range of tiles writes its own results from the first place on") {
  const PointTiles points = vqi::test::make_weighted_clouds(50, 2);
  const DensityTable table = table_of(MatrixForm::spherical, points, 4);
  const Result all = run(table, points, false);
  std::vector<std::uint32_t> components(2 * tile_lanes);
  std::vector<double> values(2 * tile_lanes);
  vqi::cluster::detail::mixture_kernels().evaluate(table, points, {3, 5}, {components.data(), values.data()});
  for (std::size_t i = 0; i < 2 * tile_lanes; ++i) {
    CHECK(components[i] == all.likeliest[3 * tile_lanes + i]);
    CHECK(values[i] == all.log_densities[3 * tile_lanes + i]);
  }
}
