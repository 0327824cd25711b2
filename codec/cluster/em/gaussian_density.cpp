// The inverse and the determinant of each covariance.
#include "gaussian_density.hpp"

#include <span>
#include <string>
#include <vector>

#include "portable_math.hpp"
#include "symmetric_matrix.hpp"

namespace vqi::cluster::detail {
namespace {

/// 1 GiB of sums on each thread.
constexpr std::size_t covariance_numbers_max = std::size_t{1} << 24;
constexpr double log_two_pi = 1.8378770664093454836;

/// Appends DensityTable::factors of one covariance, and returns the ln of its determinant.
double append_factor(std::span<const double> covariance, MatrixForm form, std::size_t dimension,
                     std::vector<double>& factors, WorkPulse& pulse) {
  double log_determinant = 0;
  if (form == MatrixForm::full) {
    const std::vector<double> lower = cholesky_factor(covariance, dimension, pulse);
    const std::vector<double> inverse = inverse_of_triangle(lower, dimension, pulse);
    factors.insert(factors.end(), inverse.begin(), inverse.end());
    for (std::size_t i = 0; i < dimension; ++i) log_determinant += 2 * portable_log(lower[i * (i + 1) / 2 + i]);
    return log_determinant;
  }
  for (const double variance : covariance) {
    factors.push_back(1 / variance);
    log_determinant += portable_log(variance);
  }
  return form == MatrixForm::spherical ? static_cast<double>(dimension) * log_determinant : log_determinant;
}

}  // namespace

void check_covariance_numbers(Covariance covariance, std::size_t dimension, std::size_t k) {
  const std::size_t matrices = is_tied(covariance) ? 1 : k;
  if (covariance_numbers(covariance, dimension) > covariance_numbers_max / matrices)
    throw Error(ErrorCode::invalid_option, "covariances of " + std::to_string(dimension) +
                                               " dimensions have more than 2^24 numbers in all, take another "
                                               "kind of covariance, fewer components or smaller blocks");
}

DensityTable density_table(const Mixture& mixture, WorkPulse pulse) {
  const std::size_t d = mixture.dimension;
  const std::size_t numbers = covariance_numbers(mixture.covariance, d);
  DensityTable table;
  table.form = form_of(mixture.covariance);
  table.dimension = mixture.dimension;
  table.means = mixture.means;
  const bool tied = is_tied(mixture.covariance);
  double log_determinant = 0;
  for (std::size_t k = 0; k < mixture.size(); ++k) {
    pulse.add(d * numbers);
    if (!tied || k == 0) {
      log_determinant = append_factor(std::span(mixture.covariances).subspan(k * numbers, numbers), table.form, d,
                                      table.factors, pulse);
    } else {
      for (std::size_t i = 0; i < matrix_numbers(table.form, d); ++i) table.factors.push_back(table.factors[i]);
    }
    table.constants.push_back(log_or_lowest(mixture.weights[k]) -
                              0.5 * (static_cast<double>(d) * log_two_pi + log_determinant));
  }
  return table;
}

double bic_of(const Mixture& mixture, double log_likelihood, double total_weight) {
  const auto k = static_cast<double>(mixture.size());
  const auto d = static_cast<double>(mixture.dimension);
  const double matrices = is_tied(mixture.covariance) ? 1 : k;
  const double numbers = static_cast<double>(matrix_numbers(form_of(mixture.covariance), mixture.dimension));
  const double parameters = k - 1 + k * d + matrices * numbers;
  return parameters * portable_log(total_weight) - 2 * log_likelihood;
}

}  // namespace vqi::cluster::detail
