// Cholesky's method for factors, Jacobi's for eigenvalues.
#include "symmetric_matrix.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vqi::cluster::detail {
namespace {

/// Where row i of a triangle that is stored row by row begins.
constexpr std::size_t row_begin(std::size_t i) noexcept { return i * (i + 1) / 2; }

/// A number off the diagonal counts as 0 if it is below this part of the root of its two diagonal numbers' product.
constexpr double negligible = 1e-15;
/// Bounds the loop. Jacobi's method converges quadratically, and ten sweeps are many.
constexpr int sweeps_max = 40;

struct Rotation {
  double cosine = 1;
  double sine = 0;
};

/// The rotation of axes p and q that makes a[p][q] 0, from a[p][p], a[q][q] and a[p][q].
Rotation rotation_of(double pp, double qq, double pq) {
  const double theta = (qq - pp) / (2 * pq);
  const double t = (theta >= 0 ? 1.0 : -1.0) / (std::abs(theta) + std::sqrt(theta * theta + 1));
  const double cosine = 1 / std::sqrt(t * t + 1);
  return {cosine, t * cosine};
}

void rotate(double& first, double& second, const Rotation& by) {
  const double old = first;
  first = by.cosine * old - by.sine * second;
  second = by.sine * old + by.cosine * second;
}

/// Rotates all pairs of axes once; false if all were negligible.
bool sweep(std::vector<double>& a, std::vector<double>& vectors, std::size_t d, WorkPulse& pulse) {
  bool turned = false;
  for (std::size_t p = 0; p + 1 < d; ++p)
    for (std::size_t q = p + 1; q < d; ++q) {
      const double pq = a[p * d + q];
      if (std::abs(pq) <= negligible * std::sqrt(std::abs(a[p * d + p]) * std::abs(a[q * d + q]))) continue;
      turned = true;
      pulse.add(8 * d);
      const Rotation by = rotation_of(a[p * d + p], a[q * d + q], pq);
      for (std::size_t i = 0; i < d; ++i) rotate(a[i * d + p], a[i * d + q], by);
      for (std::size_t i = 0; i < d; ++i) rotate(a[p * d + i], a[q * d + i], by);
      for (std::size_t i = 0; i < d; ++i) rotate(vectors[p * d + i], vectors[q * d + i], by);
      a[p * d + q] = a[q * d + p] = 0;
    }
  return turned;
}

}  // namespace

std::vector<double> cholesky_factor(std::span<const double> a, std::size_t dimension, WorkPulse& pulse) {
  std::vector<double> factor(row_begin(dimension));
  for (std::size_t i = 0; i < dimension; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      pulse.add(j);
      double rest = a[i * dimension + j];
      for (std::size_t l = 0; l < j; ++l) rest -= factor[row_begin(i) + l] * factor[row_begin(j) + l];
      if (i != j) {
        factor[row_begin(i) + j] = rest / factor[row_begin(j) + j];
        continue;
      }
      if (!(rest > 0) || !std::isfinite(rest)) return {};
      factor[row_begin(i) + i] = std::sqrt(rest);
    }
  return factor;
}

std::vector<double> inverse_of_triangle(std::span<const double> triangle, std::size_t dimension, WorkPulse& pulse) {
  std::vector<double> inverse(triangle.size());
  for (std::size_t j = 0; j < dimension; ++j) {
    inverse[row_begin(j) + j] = 1 / triangle[row_begin(j) + j];
    for (std::size_t i = j + 1; i < dimension; ++i) {
      pulse.add(2 * (i - j));
      double sum = 0;
      for (std::size_t l = j; l < i; ++l) sum += triangle[row_begin(i) + l] * inverse[row_begin(l) + j];
      inverse[row_begin(i) + j] = -sum / triangle[row_begin(i) + i];
    }
  }
  return inverse;
}

Eigen symmetric_eigen(std::span<const double> a, std::size_t dimension, WorkPulse& pulse) {
  const std::size_t d = dimension;
  std::vector<double> work(a.begin(), a.end());
  std::vector<double> vectors(d * d);
  for (std::size_t i = 0; i < d; ++i) vectors[i * d + i] = 1;
  for (int round = 0; round < sweeps_max && sweep(work, vectors, d, pulse); ++round) {
  }
  std::vector<std::size_t> order(d);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return work[i * d + i] > work[j * d + j]; });
  Eigen eigen;
  for (const std::size_t i : order) {
    eigen.values.push_back(work[i * d + i]);
    for (std::size_t j = 0; j < d; ++j) eigen.vectors.push_back(vectors[i * d + j]);
  }
  return eigen;
}

}  // namespace vqi::cluster::detail
