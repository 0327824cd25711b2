// Log densities of mixtures by PRML 2.43, the numbers that a covariance has, and BIC.
#include "gaussian_density.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "made_points.hpp"
#include "moments.hpp"
#include "test_work.hpp"
#include "thrown_error.hpp"

using vqi::Covariance;
using vqi::cluster::Mixture;

namespace {

constexpr double pi = 3.14159265358979323846;

/// Two components in the plane, whose covariances are those of `kind` that have these variances.
Mixture mixture_of(Covariance kind) {
  Mixture mixture;
  mixture.covariance = kind;
  mixture.dimension = 2;
  mixture.weights = {0.25, 0.75};
  mixture.means = {0, 1, 5, -2};
  switch (kind) {
    case Covariance::tied_spherical:
      mixture.covariances = {2};
      break;
    case Covariance::spherical:
      mixture.covariances = {2, 3};
      break;
    case Covariance::diagonal:
      mixture.covariances = {2, 5, 3, 7};
      break;
    case Covariance::tied:
      mixture.covariances = {2, 1, 1, 5};
      break;
    case Covariance::full:
      mixture.covariances = {2, 1, 1, 5, 3, -2, -2, 7};
      break;
  }
  return mixture;
}

/// The 2 x 2 covariance of a component, written out.
std::array<double, 4> matrix_of(const Mixture& mixture, std::size_t k) {
  const std::vector<double>& c = mixture.covariances;
  switch (mixture.covariance) {
    case Covariance::tied_spherical:
      return {c[0], 0, 0, c[0]};
    case Covariance::spherical:
      return {c[k], 0, 0, c[k]};
    case Covariance::diagonal:
      return {c[2 * k], 0, 0, c[2 * k + 1]};
    case Covariance::tied:
      return {c[0], c[1], c[2], c[3]};
    case Covariance::full:
      return {c[4 * k], c[4 * k + 1], c[4 * k + 2], c[4 * k + 3]};
  }
  return {};
}

double log_density(const Mixture& mixture, double x, double y) {
  double density = 0;
  for (std::size_t k = 0; k < 2; ++k) {
    const auto [a, b, c, d] = matrix_of(mixture, k);
    const double determinant = a * d - b * c;
    const double u = x - mixture.means[2 * k];
    const double v = y - mixture.means[2 * k + 1];
    const double square = (d * u * u - (b + c) * u * v + a * v * v) / determinant;
    density += mixture.weights[k] * std::exp(-square / 2) / (2 * pi * std::sqrt(determinant));
  }
  return std::log(density);
}

constexpr Covariance kinds[] = {Covariance::tied_spherical, Covariance::spherical, Covariance::diagonal,
                                Covariance::tied, Covariance::full};

}  // namespace

TEST_CASE("a table's densities are the formula's, for every kind of covariance") {
  const vqi::test::TestWork work;
  const std::vector<double> values{0, 0, 5, -2, 3, 3, -4, 1, 2.5, -0.5};
  const vqi::cluster::detail::PointTiles points = vqi::test::make_tiles(values, 2);
  for (const Covariance kind : kinds) {
    const Mixture mixture = mixture_of(kind);
    const auto evaluation =
        vqi::cluster::detail::evaluate(vqi::cluster::detail::density_table(mixture), points, work.pool);
    for (std::size_t n = 0; n < 5; ++n) {
      INFO("kind " << static_cast<int>(kind) << ", point " << n);
      CHECK(evaluation.log_densities[n] ==
            Approx(log_density(mixture, values[2 * n], values[2 * n + 1])).epsilon(1e-12));
    }
  }
}

TEST_CASE("a component of weight 0 adds nothing") {
  const vqi::test::TestWork work;
  Mixture mixture = mixture_of(Covariance::full);
  mixture.weights = {0, 1};
  const auto points = vqi::test::make_tiles(std::vector<double>{0, 1}, 2);  // on its mean
  const auto evaluation =
      vqi::cluster::detail::evaluate(vqi::cluster::detail::density_table(mixture), points, work.pool);
  CHECK(evaluation.components[0] == 1);
  CHECK(evaluation.log_densities[0] == Approx(log_density(mixture, 0, 1)));
}

TEST_CASE("BIC counts weights, means and the free numbers of covariances") {
  const double points = 1000;
  const std::array<double, 5> free_numbers{1, 2, 4, 3, 6};
  for (std::size_t i = 0; i < 5; ++i)
    CHECK(vqi::cluster::detail::bic_of(mixture_of(kinds[i]), -123, points) ==
          Approx((1 + 4 + free_numbers[i]) * std::log(points) + 246));
}

TEST_CASE("covariances of more than 2^24 numbers in all are refused, and as many are not") {
  const auto code_of = [](Covariance kind, std::size_t dimension, std::size_t k) {
    return vqi::test::thrown_by([&] { vqi::cluster::detail::check_covariance_numbers(kind, dimension, k); }).code;
  };
  CHECK_FALSE(code_of(Covariance::full, 1024, 16));
  CHECK(code_of(Covariance::full, 1024, 17) == vqi::ErrorCode::invalid_option);
  CHECK_FALSE(code_of(Covariance::tied, 1024, 65536));
  CHECK_FALSE(code_of(Covariance::diagonal, 256, 65536));
  CHECK(code_of(Covariance::diagonal, 257, 65536) == vqi::ErrorCode::invalid_option);
  CHECK_FALSE(code_of(Covariance::spherical, 1024, 65536));
}
