// Hard assignment against trying every mean, and as the limit of EM when eps vanishes.
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "annealing.hpp"
#include "clouds.hpp"
#include "expectation.hpp"
#include "gaussian_density.hpp"
#include "hard_assignment.hpp"
#include "point_lloyd.hpp"
#include "vqi/cluster.hpp"
#include "work.hpp"

using vqi::cluster::detail::PointTiles;
using vqi::detail::Random;

namespace {

struct Setting {
  PointTiles points{3, 400};
  std::vector<double> means;
  std::vector<double> weights;
  vqi::detail::ThreadPool pool{1};
  vqi::ProgressCallback nobody;
  vqi::detail::ProgressReporter progress{nobody};
  vqi::detail::Work work{pool, progress};

  explicit Setting(std::uint64_t seed) {
    Random random(seed);
    const std::vector<double> values = vqi::test::uniform_cloud(400, 3, random);
    for (std::size_t n = 0; n < 400; ++n)
      points.append(std::span(values).subspan(3 * n, 3), static_cast<double>(1 + random.below(4)));
    means = vqi::test::uniform_cloud(9, 3, random);
    double sum = 0;
    for (int k = 0; k < 9; ++k) {
      weights.push_back(0.02 + vqi::test::unit_number(random));
      sum += weights.back();
    }
    for (double& weight : weights) weight /= sum;
  }
};

}  // namespace

TEST_CASE("hard assignment without penalties takes the nearest mean, as trying all does") {
  Setting setting(1);
  const vqi::cluster::detail::HardCells cells =
      vqi::cluster::detail::assign_cells(setting.points, setting.means, std::vector<double>(9), setting.work);
  double objective = 0;
  for (std::size_t n = 0; n < 400; ++n) {
    double least = 1e300;
    std::uint32_t nearest = 0;
    for (std::uint32_t k = 0; k < 9; ++k) {
      double square = 0;
      for (std::uint32_t i = 0; i < 3; ++i) square += std::pow(setting.points.at(n, i) - setting.means[3 * k + i], 2);
      if (square < least) {
        least = square;
        nearest = k;
      }
    }
    CHECK(cells.indices[n] == nearest);
    objective += least * setting.points.weight(n);
  }
  CHECK(cells.objective == Approx(objective));
}

TEST_CASE("EM's most responsible component is entropy-constrained VQ's choice at lambda = 2 eps ln 2") {
  Setting setting(2);
  for (const double eps : {0.5, 0.05, 0.001}) {
    const vqi::cluster::Mixture mixture{
        vqi::cluster::Covariance::tied_spherical, 3, setting.weights, setting.means, {eps}};
    const vqi::cluster::detail::Evaluation soft =
        vqi::cluster::detail::evaluate(vqi::cluster::detail::density_table(mixture), setting.points, setting.pool);
    // D + lambda R with R = -log2 pi, by trying all.
    const double lambda = 2 * eps * std::log(2.0);
    const vqi::cluster::detail::HardCells hard = vqi::cluster::detail::assign_cells(
        setting.points, setting.means, vqi::cluster::detail::rate_penalties(setting.weights, lambda), setting.work);
    std::size_t unlike_nearest = 0;
    const vqi::cluster::detail::HardCells nearest =
        vqi::cluster::detail::assign_cells(setting.points, setting.means, std::vector<double>(9), setting.work);
    for (std::size_t n = 0; n < 400; ++n) {
      double least = 1e300;
      std::uint32_t cheapest = 0;
      for (std::uint32_t k = 0; k < 9; ++k) {
        double cost = -lambda * std::log2(setting.weights[k]);
        for (std::uint32_t i = 0; i < 3; ++i) cost += std::pow(setting.points.at(n, i) - setting.means[3 * k + i], 2);
        if (cost < least) {
          least = cost;
          cheapest = k;
        }
      }
      CHECK(soft.components[n] == cheapest);
      CHECK(hard.indices[n] == cheapest);
      unlike_nearest += hard.indices[n] != nearest.indices[n] ? 1U : 0U;
    }
    if (eps == 0.05) CHECK(unlike_nearest > 20);  // the priors do matter
  }
}

TEST_CASE("an EM step with a vanishing eps is Lloyd's step") {
  Setting setting(3);
  std::vector<double> means = setting.means;
  std::vector<double> weights(9, 1.0 / 9);
  const vqi::cluster::AnnealStep step =
      vqi::cluster::detail::settle(setting.points, 1e-9, false, 1, setting.work, means, weights);
  const vqi::cluster::detail::HardCells cells =
      vqi::cluster::detail::assign_cells(setting.points, setting.means, std::vector<double>(9), setting.work);
  for (std::size_t i = 0; i < means.size(); ++i)
    CHECK(means[i] == Approx(setting.means[i] + cells.shifts[i]).epsilon(1e-12));
  CHECK(step.distortion * setting.points.total_weight() == Approx(cells.objective).epsilon(1e-12));
}

TEST_CASE("EM steps with a vanishing eps end where Lloyd's steps end") {
  Setting setting(4);
  std::vector<double> means = setting.means;
  std::vector<double> weights(9, 1.0 / 9);
  const vqi::cluster::AnnealStep last =
      vqi::cluster::detail::settle(setting.points, 1e-12, false, 1000, setting.work, means, weights);
  const vqi::cluster::KmeansResult lloyd =
      vqi::cluster::detail::point_lloyd(setting.points, {1000, 0, setting.means}, setting.work);
  REQUIRE(lloyd.converged);
  CHECK(last.steps < 1000);
  for (std::size_t i = 0; i < means.size(); ++i) CHECK(means[i] == Approx(lloyd.means[i]).epsilon(1e-9));
}

TEST_CASE("hard EM with its priors ends where entropy-constrained VQ ends") {
  Setting setting(5);
  const double eps = 0.01;
  const double lambda = 2 * eps * std::log(2.0);
  // EM whose responsibilities are rounded to 0 and 1, from the same start.
  std::vector<double> means = setting.means;
  std::vector<double> weights(9, 1.0 / 9);
  for (int step = 0; step < 300; ++step) {
    const vqi::cluster::Mixture mixture{vqi::cluster::Covariance::tied_spherical, 3, weights, means, {eps}};
    const vqi::cluster::detail::Evaluation soft =
        vqi::cluster::detail::evaluate(vqi::cluster::detail::density_table(mixture), setting.points, setting.pool);
    std::vector<double> sums(27);
    std::vector<double> cells(9);
    for (std::size_t n = 0; n < 400; ++n) {
      cells[soft.components[n]] += setting.points.weight(n);
      for (std::uint32_t i = 0; i < 3; ++i)
        sums[3 * soft.components[n] + i] += setting.points.weight(n) * setting.points.at(n, i);
    }
    for (std::size_t k = 0; k < 9; ++k) {
      weights[k] = cells[k] / setting.points.total_weight();
      for (std::size_t i = 3 * k; cells[k] > 0 && i < 3 * k + 3; ++i) means[i] = sums[i] / cells[k];
    }
  }
  const vqi::cluster::KmeansResult ecvq =
      vqi::cluster::detail::point_lloyd(setting.points, {1000, lambda, setting.means}, setting.work);
  REQUIRE(ecvq.converged);
  for (std::size_t k = 0; k < 9; ++k) CHECK(ecvq.weights[k] == Approx(weights[k]).margin(1e-12));
  for (std::size_t i = 0; i < 27; ++i)
    if (weights[i / 3] > 0) CHECK(ecvq.means[i] == Approx(means[i]).epsilon(1e-9));
}
