// The M-step: PRML 9.24 to 9.26 written out, and variances that stay above the floor.
#include "maximisation.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "symmetric_matrix.hpp"

using vqi::Covariance;
using vqi::cluster::Mixture;
using vqi::cluster::detail::ComponentMoments;
using vqi::cluster::detail::maximise;
using vqi::cluster::detail::Maximised;
using vqi::cluster::detail::PointStatistics;
using vqi::cluster::detail::VarianceFloor;

namespace {

VarianceFloor tiny_floor() { return {PointStatistics{{0, 0}, {1, 1}, 1}, 1e-9}; }

Mixture mixture_of(Covariance kind, std::vector<double> covariances) {
  Mixture mixture;
  mixture.covariance = kind;
  mixture.dimension = 2;
  mixture.weights = {0.5, 0.5};
  mixture.means = {1, 2, 3, 4};
  mixture.covariances = std::move(covariances);
  return mixture;
}

/// Two components of weights 4 and 12 of 20; the sum of products of each is `weight` times what is given.
ComponentMoments moments_of(const std::vector<double>& scatter) { return {{4, 12}, {0.5, -1, 0.25, 0}, scatter, 0}; }

}  // namespace

TEST_CASE("means move by their shifts, and weights are shares of the total") {
  const Maximised next = maximise(mixture_of(Covariance::spherical, {1, 1}), moments_of({40, 240}), 20, tiny_floor());
  CHECK(next.mixture.means == std::vector<double>{1.5, 1, 3.25, 4});
  CHECK(next.mixture.weights == std::vector<double>{0.2, 0.6});
  CHECK(next.collapsed.empty());
}

TEST_CASE("covariances of every kind are the scatter less what the means moved by") {
  const auto covariances = [](Covariance kind, std::vector<double> before, const std::vector<double>& scatter) {
    return maximise(mixture_of(kind, std::move(before)), moments_of(scatter), 20, tiny_floor()).mixture.covariances;
  };
  // Per dimension, of the first: 40 / 4 - 0.5^2 and 80 / 4 - 1; of the second: 36 / 12 - 0.25^2 and 24 / 12.
  const std::vector<double> diagonal = covariances(Covariance::diagonal, {1, 1, 1, 1}, {40, 80, 36, 24});
  CHECK(diagonal == std::vector<double>{9.75, 19, 2.9375, 2});
  const std::vector<double> spherical = covariances(Covariance::spherical, {1, 1}, {120, 60});
  CHECK(spherical == std::vector<double>{(9.75 + 19) / 2, (2.9375 + 2) / 2});
  // Lower triangles: xx, yx, yy.
  const std::vector<double> full = covariances(Covariance::full, {1, 0, 0, 1, 1, 0, 0, 1}, {40, 8, 80, 36, 12, 24});
  const std::vector<double> expected{9.75, 2.5, 2.5, 19, 2.9375, 1, 1, 2};
  for (std::size_t i = 0; i < 8; ++i) CHECK(full[i] == Approx(expected[i]));
  // Tied ones are means over the components by their weights.
  const std::vector<double> tied = covariances(Covariance::tied, {1, 0, 0, 1}, {76, 20, 104});
  CHECK(tied[0] == Approx(76.0 / 20 - (4 * 0.25 + 12 * 0.0625) / 20));
  CHECK(tied[1] == Approx(20.0 / 20 + 4 * 0.5 / 20));
  CHECK(tied[3] == Approx(104.0 / 20 - 4.0 / 20));
  const std::vector<double> one = covariances(Covariance::tied_spherical, {1}, {180});
  CHECK(one[0] == Approx((tied[0] + tied[3]) / 2));
}

TEST_CASE("the floor is a part of the data's variance, and something even where nothing varies") {
  const VarianceFloor floor(PointStatistics{{0, 0}, {4, 0}, 2}, 0.01);
  CHECK(floor.of_dimension == std::vector<double>{0.04, 0.02});
  CHECK(floor.spherical == Approx(0.03));
  const VarianceFloor flat(PointStatistics{{0}, {0}, 0}, 0.01);
  CHECK(flat.of_dimension == std::vector<double>{0.01});
}

TEST_CASE("variances below the floor are lifted to it, and their component is told as collapsed") {
  const VarianceFloor floor(PointStatistics{{0, 0}, {1, 1}, 1}, 0.5);
  ComponentMoments moments = moments_of({4 * 1.25, 4 * 1.1, 36, 24});  // 1 and 0.1 of the first, after the shifts
  const Maximised diagonal = maximise(mixture_of(Covariance::diagonal, {1, 1, 1, 1}), moments, 20, floor);
  CHECK(diagonal.mixture.covariances[0] == Approx(1));
  CHECK(diagonal.mixture.covariances[1] == 0.5);
  CHECK(diagonal.collapsed == std::vector<std::size_t>{0});
  // A full matrix is clipped along its own axes: eigenvalues 2 and 0.01 across the diagonal become 2 and 0.5.
  moments = moments_of({0, 0, 0, 36, 0, 24});
  moments.shifts = {0, 0, 0, 0};
  const double a = (2 + 0.01) / 2;
  const double b = (2 - 0.01) / 2;
  for (std::size_t i = 0; i < 3; ++i) moments.scatter[i] = 4 * (i == 1 ? b : a);
  const Maximised full = maximise(mixture_of(Covariance::full, {1, 0, 0, 1, 1, 0, 0, 1}), moments, 20, floor);
  CHECK(full.collapsed == std::vector<std::size_t>{0});
  vqi::detail::WorkPulse pulse;
  const auto eigen = vqi::cluster::detail::symmetric_eigen(std::span(full.mixture.covariances).first(4), 2, pulse);
  CHECK(eigen.values[0] == Approx(2));
  CHECK(eigen.values[1] == Approx(0.5));
  CHECK(std::abs(eigen.vectors[0]) == Approx(std::sqrt(0.5)));
}

TEST_CASE("a component that has lost its weight is told and keeps its covariance") {
  ComponentMoments moments = moments_of({0, 240});
  moments.weights = {1e-9, 20};
  moments.shifts = {0, 0, 0, 0};
  const Maximised next = maximise(mixture_of(Covariance::spherical, {7, 1}), moments, 20, tiny_floor());
  CHECK(next.collapsed == std::vector<std::size_t>{0});
  CHECK(next.mixture.covariances[0] == 7);
  CHECK(next.mixture.covariances[1] == Approx(6));
}
