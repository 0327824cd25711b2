// The E-step's sums against responsibilities written out, and the same bits on any number of threads.
#include "expectation.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "gaussian_density.hpp"
#include "made_points.hpp"
#include "test_work.hpp"
#include "vqi/error.hpp"

using vqi::cluster::detail::ComponentMoments;
using vqi::cluster::detail::DensityTable;
using vqi::cluster::detail::MatrixForm;
using vqi::cluster::detail::PointTiles;
using vqi::test::TestWork;

namespace {

/// Three spherical, diagonal or full components in `dimension` dimensions, wide enough for each to have a share of
/// every point that counts.
DensityTable table_of(MatrixForm form, std::uint32_t dimension) {
  DensityTable table{form, dimension, {-1, -2, -1.5}, {}, {}};
  for (std::size_t k = 0; k < 3; ++k) {
    for (std::uint32_t i = 0; i < dimension; ++i)
      table.means.push_back(5 * static_cast<double>(k) + 0.5 * static_cast<double>(i));
    for (std::size_t i = 0; i < vqi::cluster::detail::matrix_numbers(form, dimension); ++i)
      table.factors.push_back(0.02 + 0.005 * static_cast<double>(i + k));
  }
  return table;
}

/// constant - |F (x - mu)|^2 / 2.
double log_density(const DensityTable& table, std::size_t k, const PointTiles& points, std::size_t n) {
  const std::size_t d = table.dimension;
  const double* factor = table.factors.data() + k * vqi::cluster::detail::matrix_numbers(table.form, d);
  std::vector<double> differences;
  double square = 0;
  for (std::uint32_t i = 0; i < d; ++i) {
    differences.push_back(points.at(n, i) - table.means[k * d + i]);
    if (table.form == MatrixForm::full) {
      double sum = 0;
      for (std::uint32_t j = 0; j <= i; ++j) sum += *factor++ * differences[j];
      square += sum * sum;
    } else {
      square += differences[i] * differences[i] * (table.form == MatrixForm::diagonal ? factor[i] : factor[0]);
    }
  }
  return table.constants[k] - square / 2;
}

struct Loop {
  std::vector<double> weights, shifts, scatter;
  double log_likelihood = 0;
};

Loop moments_by_loop(const DensityTable& table, bool tied, const PointTiles& points) {
  const std::size_t d = table.dimension;
  const std::size_t numbers = vqi::cluster::detail::matrix_numbers(table.form, d);
  Loop sums{std::vector<double>(3), std::vector<double>(3 * d), std::vector<double>((tied ? 1 : 3) * numbers), 0};
  for (std::size_t n = 0; n < points.size(); ++n) {
    std::array<double, 3> densities{};
    double density = 0;
    for (std::size_t k = 0; k < 3; ++k) density += densities[k] = std::exp(log_density(table, k, points, n));
    sums.log_likelihood += points.weight(n) * std::log(density);
    for (std::size_t k = 0; k < 3; ++k) {
      const double share = points.weight(n) * densities[k] / density;
      sums.weights[k] += share;
      double* scatter = sums.scatter.data() + (tied ? 0 : k * numbers);
      for (std::uint32_t i = 0; i < d; ++i) {
        const double x = points.at(n, i) - table.means[k * d + i];
        sums.shifts[k * d + i] += share * x;
        if (table.form == MatrixForm::spherical) scatter[0] += share * x * x;
        if (table.form == MatrixForm::diagonal) scatter[i] += share * x * x;
        for (std::uint32_t j = 0; j <= i && table.form == MatrixForm::full; ++j)
          *scatter++ += share * x * (points.at(n, j) - table.means[k * d + j]);
      }
    }
  }
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t i = 0; i < d; ++i) sums.shifts[k * d + i] /= sums.weights[k];
  return sums;
}

ComponentMoments accumulate(const DensityTable& table, bool tied, const PointTiles& points, std::uint32_t threads = 1) {
  TestWork work(threads);
  return vqi::cluster::detail::accumulate_moments(table, tied, points, work);
}

void check_equal(const std::vector<double>& first, const std::vector<double>& second) {
  REQUIRE(first.size() == second.size());
  for (std::size_t i = 0; i < first.size(); ++i) CHECK(first[i] == Approx(second[i]).epsilon(1e-9).margin(1e-9));
}

}  // namespace

TEST_CASE("weights, shifts, scatter and likelihood are those of responsibilities written out") {
  for (const MatrixForm form : {MatrixForm::spherical, MatrixForm::diagonal, MatrixForm::full})
    for (const std::uint32_t dimension : {1U, 3U})
      for (const bool tied : {false, true}) {
        const PointTiles points = vqi::test::make_weighted_clouds(203, dimension);
        const DensityTable table = table_of(form, dimension);
        const ComponentMoments moments = accumulate(table, tied, points);
        const Loop expected = moments_by_loop(table, tied, points);
        check_equal(moments.weights, expected.weights);
        check_equal(moments.shifts, expected.shifts);
        check_equal(moments.scatter, expected.scatter);
        CHECK(moments.log_likelihood == Approx(expected.log_likelihood));
      }
}

TEST_CASE("the component of the largest responsibility is found, and the density of all") {
  const TestWork work;
  const PointTiles points = vqi::test::make_weighted_clouds(100, 2);
  const DensityTable table = table_of(MatrixForm::full, 2);
  const vqi::cluster::detail::Evaluation evaluation = vqi::cluster::detail::evaluate(table, points, work.pool);
  CHECK(evaluation.components.size() == points.tile_count() * 8);
  for (std::size_t n = 0; n < points.size(); ++n) {
    std::size_t best = 0;
    double density = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      density += std::exp(log_density(table, k, points, n));
      if (log_density(table, k, points, n) > log_density(table, best, points, n)) best = k;
    }
    CHECK(evaluation.components[n] == best);
    CHECK(evaluation.log_densities[n] == Approx(std::log(density)));
  }
}

TEST_CASE("a component far from all points has no weight and moves nowhere") {
  const PointTiles points = vqi::test::make_weighted_clouds(50, 1);
  DensityTable table = table_of(MatrixForm::spherical, 1);
  table.means[2] = 1e6;
  const ComponentMoments moments = accumulate(table, false, points);
  CHECK(moments.weights[2] == 0);
  CHECK(moments.shifts[2] == 0);
  CHECK(moments.weights[0] + moments.weights[1] == Approx(points.total_weight()));
}

TEST_CASE("threads change no bit of the sums, and a no of the callback ends them") {
  const PointTiles points = vqi::test::make_weighted_clouds(20'000, 2);
  const DensityTable table = table_of(MatrixForm::full, 2);
  const ComponentMoments one = accumulate(table, false, points);
  const ComponentMoments three = accumulate(table, false, points, 3);
  CHECK(one.weights == three.weights);
  CHECK(one.scatter == three.scatter);
  CHECK(one.log_likelihood == three.log_likelihood);
  TestWork work(1, [](const vqi::Progress&) { return false; });
  CHECK_THROWS_AS(vqi::cluster::detail::accumulate_moments(table, false, points, work), vqi::Error);
}
