// Covariances from the scatter around old means, and their variances or eigenvalues raised to the floor.
#include "maximisation.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "gaussian_density.hpp"
#include "symmetric_matrix.hpp"

namespace vqi::cluster::detail {
namespace {

/// A component whose weight is below this part of an even share, total weight / k, has collapsed.
constexpr double lost_share = 1e-6;

/// (d, d) from a lower triangle: scatter / weight - moved, `moved` being the product of the mean's shift with itself.
std::vector<double> full_matrix(const double* scatter, double weight, const std::vector<double>& moved, std::size_t d) {
  std::vector<double> matrix(d * d);
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j <= i; ++j) matrix[i * d + j] = matrix[j * d + i] = *scatter++ / weight - moved[i * d + j];
  return matrix;
}

/// Replaces a covariance by the likeliest one that is below the floor in no direction: dimensions are scaled so that
/// the floor is the unit matrix, and eigenvalues below 1 become 1. Returns whether it had to change.
bool clip_matrix(std::span<double> matrix, const VarianceFloor& floor, std::size_t d, WorkPulse& pulse) {
  std::vector<double> above(matrix.begin(), matrix.end());
  for (std::size_t i = 0; i < d; ++i) above[i * d + i] -= floor.of_dimension[i];
  if (!cholesky_factor(above, d, pulse).empty()) return false;
  const auto scale = [&](std::size_t i, std::size_t j) {
    return std::sqrt(floor.of_dimension[i]) * std::sqrt(floor.of_dimension[j]);
  };
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j < d; ++j) above[i * d + j] = matrix[i * d + j] / scale(i, j);
  const Eigen eigen = symmetric_eigen(above, d, pulse);
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      pulse.add(2 * d);
      double sum = 0;
      for (std::size_t e = 0; e < d; ++e)
        sum += std::max(eigen.values[e], 1.0) * eigen.vectors[e * d + i] * eigen.vectors[e * d + j];
      matrix[i * d + j] = matrix[j * d + i] = sum * scale(i, j);
    }
  return true;
}

/// Raises one covariance of any form to the floor. Returns whether it had to change.
bool clip(std::span<double> covariance, MatrixForm form, const VarianceFloor& floor, std::size_t d, WorkPulse& pulse) {
  if (form == MatrixForm::full) return clip_matrix(covariance, floor, d, pulse);
  bool clipped = false;
  for (std::size_t i = 0; i < covariance.size(); ++i) {
    const double least = form == MatrixForm::spherical ? floor.spherical : floor.of_dimension[i];
    if (covariance[i] > least) continue;
    covariance[i] = least;
    clipped = true;
  }
  return clipped;
}

/// One covariance before clipping: scatter / weight - moved. `moved` is (d, d) for a full covariance, else (d).
std::vector<double> covariance_of(const double* scatter, double weight, MatrixForm form,
                                  const std::vector<double>& moved, std::size_t d) {
  if (form == MatrixForm::full) return full_matrix(scatter, weight, moved, d);
  if (form == MatrixForm::spherical) {
    double sum = *scatter / weight;
    for (const double square : moved) sum -= square;
    return {sum / static_cast<double>(d)};
  }
  std::vector<double> variances(d);
  for (std::size_t i = 0; i < d; ++i) variances[i] = scatter[i] / weight - moved[i];
  return variances;
}

/// Adds `share` times the product of a mean's shift with itself: (d, d) for full covariances, else its diagonal (d).
void add_products(const double* shift, double share, MatrixForm form, std::size_t d, std::vector<double>& sums) {
  for (std::size_t i = 0; i < d; ++i) {
    if (form != MatrixForm::full) {
      sums[i] += share * shift[i] * shift[i];
      continue;
    }
    for (std::size_t j = 0; j < d; ++j) sums[i * d + j] += share * shift[i] * shift[j];
  }
}

}  // namespace

VarianceFloor::VarianceFloor(const PointStatistics& statistics, double relative) {
  // A dimension without variance counts with the mean variance of all dimensions, and if that is 0 with 1.
  const double fallback = statistics.mean_variance > 0 ? statistics.mean_variance : 1;
  for (const double variance : statistics.variances) {
    of_dimension.push_back(relative * (variance > 0 ? variance : fallback));
    spherical += of_dimension.back() / static_cast<double>(statistics.variances.size());
  }
}

Maximised maximise(const Mixture& mixture, const ComponentMoments& moments, double total_weight,
                   const VarianceFloor& floor, WorkPulse pulse) {
  const std::size_t d = mixture.dimension;
  const MatrixForm form = form_of(mixture.covariance);
  const bool tied = is_tied(mixture.covariance);
  const std::size_t numbers = covariance_numbers(mixture.covariance, d);
  const std::size_t product_numbers = form == MatrixForm::full ? d * d : d;
  Maximised result{mixture, {}};
  Mixture& next = result.mixture;
  std::vector<double> tied_products(product_numbers);
  for (std::size_t k = 0; k < mixture.size(); ++k) {
    pulse.add(4 * product_numbers);
    const double weight = moments.weights[k];
    const double* const shift = moments.shifts.data() + k * d;
    next.weights[k] = weight / total_weight;
    for (std::size_t i = 0; i < d; ++i) next.means[k * d + i] += shift[i];
    const bool lost = weight * static_cast<double>(mixture.size()) < lost_share * total_weight;
    bool clipped = false;
    if (tied) {
      add_products(shift, weight / total_weight, form, d, tied_products);
    } else if (!lost) {
      std::vector<double> products(product_numbers);
      add_products(shift, 1, form, d, products);
      const std::vector<double> covariance =
          covariance_of(moments.scatter.data() + k * matrix_numbers(form, d), weight, form, products, d);
      const auto matrix = std::span(next.covariances).subspan(k * numbers, numbers);
      std::copy(covariance.begin(), covariance.end(), matrix.begin());
      clipped = clip(matrix, form, floor, d, pulse);
    }
    if (lost || clipped) result.collapsed.push_back(k);
  }
  if (tied) {
    next.covariances = covariance_of(moments.scatter.data(), total_weight, form, tied_products, d);
    static_cast<void>(clip(next.covariances, form, floor, d, pulse));
  }
  return result;
}

}  // namespace vqi::cluster::detail
