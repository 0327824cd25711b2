// Small symmetric matrices: Cholesky factor, inverse of a triangle, eigenvalues.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vqi::cluster::detail {

/// Lower triangle L of a = L L^T, row by row (1 + 2 + ... + d numbers), a being (d, d) row-major and only its lower
/// triangle read. Empty where a is not positive definite.
[[nodiscard]] std::vector<double> cholesky_factor(std::span<const double> a, std::size_t dimension);

/// The inverse of a lower triangle stored row by row.
[[nodiscard]] std::vector<double> inverse_of_triangle(std::span<const double> triangle, std::size_t dimension);

struct Eigen {
  std::vector<double> values;   ///< (d), largest first
  std::vector<double> vectors;  ///< (d, d): row i belongs to values[i]
};

/// By Jacobi's rotations (Golub and Van Loan, Matrix Computations, section 8.5): exact to rounding and the same on
/// every machine. Cost: O(d^3) for each of some ten sweeps.
[[nodiscard]] Eigen symmetric_eigen(std::span<const double> a, std::size_t dimension);

}  // namespace vqi::cluster::detail
