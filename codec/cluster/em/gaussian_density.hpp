// A mixture's parameters as the table of log densities that the kernels read, and its BIC.
#pragma once

#include <cstddef>

#include "cluster_detail.hpp"
#include "mixture_kernels.hpp"
#include "vqi/cluster.hpp"

namespace vqi::cluster::detail {

/// What one covariance of that kind is made of.
[[nodiscard]] constexpr MatrixForm form_of(Covariance covariance) noexcept {
  if (covariance == Covariance::diagonal) return MatrixForm::diagonal;
  return covariance == Covariance::tied || covariance == Covariance::full ? MatrixForm::full : MatrixForm::spherical;
}

/// Whether all components share one covariance.
[[nodiscard]] constexpr bool is_tied(Covariance covariance) noexcept {
  return covariance == Covariance::tied_spherical || covariance == Covariance::tied;
}

/// How many numbers Mixture::covariances has for one covariance.
[[nodiscard]] constexpr std::size_t covariance_numbers(Covariance covariance, std::size_t dimension) noexcept {
  const MatrixForm form = form_of(covariance);
  if (form == MatrixForm::spherical) return 1;
  return form == MatrixForm::diagonal ? dimension : dimension * dimension;
}

/// Throws Error{invalid_option} if k covariances would have more than 2^24 numbers: the sums for each number take 64
/// bytes on each thread.
void check_covariance_numbers(Covariance covariance, std::size_t dimension, std::size_t k);

/// Prepares ln pi_k + ln N(x | mu_k, Sigma_k) (PRML 2.43, 9.7) for the kernels. All covariances must be positive
/// definite. Cost: O(k d), with full matrices O(k d^3).
[[nodiscard]] DensityTable density_table(const Mixture& mixture, WorkPulse pulse = {});

/// Bayesian information criterion (Schwarz, Annals of Statistics 6(2), 1978) with the sign that scikit-learn gives
/// it: parameters * ln(total weight) - 2 * log likelihood; less is better.
[[nodiscard]] double bic_of(const Mixture& mixture, double log_likelihood, double total_weight);

}  // namespace vqi::cluster::detail
