// Small symmetric matrices: Cholesky factor, inverse of a triangle, eigenvalues and eigenvectors.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "cluster_detail.hpp"

namespace vqi::cluster::detail {

/// The lower triangle L of a = L L^T, row by row (1 + 2 + ... + d numbers); empty if a is not positive definite. `a` is
/// (d, d) row-major, and only its lower triangle is read. Cost: O(d^3).
[[nodiscard]] std::vector<double> cholesky_factor(std::span<const double> a, std::size_t dimension, WorkPulse& pulse);

/// The inverse of a lower triangle, both stored row by row. Cost: O(d^3).
[[nodiscard]] std::vector<double> inverse_of_triangle(std::span<const double> triangle, std::size_t dimension,
                                                      WorkPulse& pulse);

/// Eigenvalues, and the eigenvectors as unit vectors.
struct Eigen {
  std::vector<double> values;   ///< (d), largest first
  std::vector<double> vectors;  ///< (d, d): row i belongs to values[i]
};

/// Eigenvalues of `a`, (d, d), by Jacobi's rotations (Golub and Van Loan, Matrix Computations, section 8.5): exact to
/// rounding and the same on every machine. Cost: O(d^3) for each of about ten sweeps.
[[nodiscard]] Eigen symmetric_eigen(std::span<const double> a, std::size_t dimension, WorkPulse& pulse);

}  // namespace vqi::cluster::detail
