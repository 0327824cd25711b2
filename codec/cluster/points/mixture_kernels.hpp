// What the mixture's inner loops take and give; one source for every SIMD target (mixture_kernels.cpp).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "point_tiles.hpp"

namespace vqi::cluster::detail {

/// How many numbers a covariance has: one, one for each dimension, or a matrix.
enum class MatrixForm { spherical, diagonal, full };

/// Numbers of one matrix of a form; of a full one the lower triangle counts, row by row.
[[nodiscard]] constexpr std::size_t matrix_numbers(MatrixForm form, std::size_t dimension) noexcept {
  if (form == MatrixForm::spherical) return 1;
  return form == MatrixForm::diagonal ? dimension : dimension * (dimension + 1) / 2;
}

/// The log densities of k components, ready to be evaluated: constant - |F (x - mu)|^2 / 2.
struct DensityTable {
  MatrixForm form = MatrixForm::spherical;
  std::uint32_t dimension = 1;
  std::vector<double> constants;  ///< (k): log weight and log normalisation
  std::vector<double> means;      ///< (k, d)
  std::vector<double> factors;    ///< (k, matrix_numbers): precisions; full: the inverse of the Cholesky factor

  [[nodiscard]] std::size_t size() const noexcept { return constants.size(); }
};

/// Sums over some tiles, each number in tile_lanes lanes. Differences are x - mu, mu the mean that the
/// responsibilities r were computed with, so that nothing cancels when components hardly move.
struct LaneSums {
  std::vector<double> components;                   ///< (k, 1 + d, lanes): sum w r, sum w r (x - mu)
  std::vector<double> scatter;                      ///< (k or 1, matrix_numbers, lanes): sum w r (x - mu)(x - mu)^T
  bool tied = false;                                ///< one scatter over all components
  std::array<double, tile_lanes> log_likelihood{};  ///< sum w log p(x)
};

/// Where the best component of each point goes, and what it costs.
struct BestComponents {
  std::uint32_t* components = nullptr;  ///< of the points of the first tile on; of equal ones the first
  double* values = nullptr;             ///< as each kernel says
};

struct MixtureKernels {
  /// Adds the responsibilities and moments of the tiles to `sums` (PRML 9.23 to 9.28).
  void (*accumulate)(const DensityTable& table, const PointTiles& points, TileRange tiles, LaneSums& sums);
  /// The component with the largest responsibility, and log p(x).
  void (*evaluate)(const DensityTable& table, const PointTiles& points, TileRange tiles, const BestComponents& best);
  /// The component of least cost |x - mu|^2 + constant, and |x - mu|^2; only means and constants are read.
  void (*assign)(const DensityTable& table, const PointTiles& points, TileRange tiles, const BestComponents& best);
  /// e^x and ln x of tile_lanes numbers, for tests.
  void (*exp_lanes)(const double* x, double* result);
  void (*log_lanes)(const double* x, double* result);
};

/// Those of the best SIMD target that the machine has. All targets give the same bits.
[[nodiscard]] MixtureKernels mixture_kernels();

}  // namespace vqi::cluster::detail
