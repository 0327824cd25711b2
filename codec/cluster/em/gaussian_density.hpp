// From a mixture's parameters to the table of its log densities, and what its size costs.
#pragma once

#include <cstddef>

#include "mixture_kernels.hpp"
#include "vqi/cluster.hpp"

namespace vqi::cluster::detail {

[[nodiscard]] constexpr MatrixForm form_of(Covariance covariance) noexcept {
  if (covariance == Covariance::diagonal) return MatrixForm::diagonal;
  return covariance == Covariance::tied || covariance == Covariance::full ? MatrixForm::full : MatrixForm::spherical;
}

[[nodiscard]] constexpr bool is_tied(Covariance covariance) noexcept {
  return covariance == Covariance::tied_spherical || covariance == Covariance::tied;
}

/// Numbers that Mixture::covariances has for one matrix.
[[nodiscard]] constexpr std::size_t covariance_numbers(Covariance covariance, std::size_t dimension) noexcept {
  const MatrixForm form = form_of(covariance);
  if (form == MatrixForm::spherical) return 1;
  return form == MatrixForm::diagonal ? dimension : dimension * dimension;
}

/// Throws Error{invalid_option} where the covariances would have more than 2^24 numbers: sums over them take 64 bytes a
/// number on each thread.
void check_covariance_numbers(Covariance covariance, std::size_t dimension, std::size_t k);

/// ln pi_k + ln N(x | mu_k, Sigma_k) (PRML 2.43, 9.7) for the kernels. All covariances are positive definite.
[[nodiscard]] DensityTable density_table(const Mixture& mixture);

/// Bayesian information criterion (Schwarz, Annals of Statistics 6(2), 1978), as scikit-learn has it.
[[nodiscard]] double bic_of(const Mixture& mixture, double log_likelihood, double total_weight);

}  // namespace vqi::cluster::detail
