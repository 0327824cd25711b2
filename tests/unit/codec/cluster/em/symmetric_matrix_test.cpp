// Cholesky factors and eigenvectors, multiplied back to the matrices that they come from.
#include <catch2/catch.hpp>
#include <vector>

#include "clouds.hpp"
#include "symmetric_matrix.hpp"

using vqi::detail::Random;
using vqi::detail::WorkPulse;

namespace {

/// A random positive definite matrix: B B^T + I / 10.
std::vector<double> positive_matrix(std::size_t d, Random& random) {
  const std::vector<double> b = vqi::test::uniform_cloud(d, static_cast<std::uint32_t>(d), random);
  std::vector<double> a(d * d);
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j < d; ++j) {
      for (std::size_t l = 0; l < d; ++l) a[i * d + j] += (b[i * d + l] - 0.5) * (b[j * d + l] - 0.5);
      if (i == j) a[i * d + j] += 0.1;
    }
  return a;
}

}  // namespace

TEST_CASE("a Cholesky factor multiplies to its matrix, and its inverse to one") {
  Random random(3);
  WorkPulse pulse;
  for (const std::size_t d : {1U, 2U, 3U, 7U, 20U}) {
    const std::vector<double> a = positive_matrix(d, random);
    const std::vector<double> lower = vqi::cluster::detail::cholesky_factor(a, d, pulse);
    const std::vector<double> inverse = vqi::cluster::detail::inverse_of_triangle(lower, d, pulse);
    REQUIRE(lower.size() == d * (d + 1) / 2);
    const auto at = [](const std::vector<double>& triangle, std::size_t i, std::size_t j) {
      return j > i ? 0 : triangle[i * (i + 1) / 2 + j];
    };
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = 0; j < d; ++j) {
        double product = 0;
        double one = 0;
        for (std::size_t l = 0; l < d; ++l) {
          product += at(lower, i, l) * at(lower, j, l);
          one += at(lower, i, l) * at(inverse, l, j);
        }
        CHECK(product == Approx(a[i * d + j]).margin(1e-12));
        CHECK(one == Approx(i == j ? 1 : 0).margin(1e-10));
      }
  }
}

TEST_CASE("a matrix that is not positive definite has no Cholesky factor") {
  WorkPulse pulse;
  CHECK(vqi::cluster::detail::cholesky_factor(std::vector<double>{1, 2, 2, 1}, 2, pulse).empty());
  CHECK(vqi::cluster::detail::cholesky_factor(std::vector<double>{0}, 1, pulse).empty());
}

TEST_CASE("eigenvalues fall and eigenvectors are turned into themselves") {
  Random random(4);
  WorkPulse pulse;
  for (const std::size_t d : {1U, 2U, 3U, 12U, 48U}) {
    const std::vector<double> a = positive_matrix(d, random);
    const vqi::cluster::detail::Eigen eigen = vqi::cluster::detail::symmetric_eigen(a, d, pulse);
    for (std::size_t e = 0; e < d; ++e) {
      if (e > 0) CHECK(eigen.values[e] <= eigen.values[e - 1]);
      double length = 0;
      for (std::size_t i = 0; i < d; ++i) {
        double turned = 0;
        for (std::size_t j = 0; j < d; ++j) turned += a[i * d + j] * eigen.vectors[e * d + j];
        CHECK(turned == Approx(eigen.values[e] * eigen.vectors[e * d + i]).margin(1e-10));
        length += eigen.vectors[e * d + i] * eigen.vectors[e * d + i];
      }
      CHECK(length == Approx(1));
    }
  }
}
