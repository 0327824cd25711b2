// The inner loops over points and components, and the tables and sums that they read and write.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "point_tiles.hpp"

namespace vqi::cluster::detail {

/// What a covariance is made of: one variance for all dimensions, one for each dimension, or a whole matrix.
enum class MatrixForm { spherical, diagonal, full };

/// How many numbers the kernels keep for one covariance; for a full one its lower triangle, row by row.
[[nodiscard]] constexpr std::size_t matrix_numbers(MatrixForm form, std::size_t dimension) noexcept {
  if (form == MatrixForm::spherical) return 1;
  return form == MatrixForm::diagonal ? dimension : dimension * (dimension + 1) / 2;
}

/// k components, prepared for the kernels: the log of weight and density at x is constant - |F (x - mu)|^2 / 2.
struct DensityTable {
  MatrixForm form = MatrixForm::spherical;
  std::uint32_t dimension = 1;
  std::vector<double> constants;  ///< (k): ln of weight and normalisation
  std::vector<double> means;      ///< (k, d)
  std::vector<double> factors;    ///< (k, matrix_numbers): 1 / variance, the square of F; full: F, the inverse of
                                  ///< the Cholesky factor

  [[nodiscard]] std::size_t size() const noexcept { return constants.size(); }
};

/// Sums over a range of tiles, each in tile_lanes lanes. They are sums over x - mu, mu being the mean with which the
/// responsibilities r were computed, not over x: so nothing cancels when means hardly move.
struct LaneSums {
  std::vector<double> components;                   ///< (k, 1 + d, lanes): sum w r, sum w r (x - mu)
  std::vector<double> scatter;                      ///< (k or 1, matrix_numbers, lanes): sum w r (x - mu)(x - mu)^T
  bool tied = false;                                ///< one scatter, of all components together
  std::array<double, tile_lanes> log_likelihood{};  ///< sum w log p(x)
};

/// Where a kernel writes its result for each point of a range.
struct BestComponents {
  std::uint32_t* components = nullptr;  ///< the best component; the first if several are equally good
  double* values = nullptr;             ///< a number that each kernel defines
};

/// The inner loops on one SIMD target. All targets give the same bits.
struct MixtureKernels {
  /// EM's E-step: adds the sums of a range of tiles to `sums` (PRML 9.23 to 9.28).
  void (*accumulate)(const DensityTable& table, const PointTiles& points, TileRange tiles, LaneSums& sums);
  /// Writes the component with the largest responsibility, and ln p(x) as its value.
  void (*evaluate)(const DensityTable& table, const PointTiles& points, TileRange tiles, const BestComponents& best);
  /// Writes the component with the least cost |x - mu|^2 + constant, and |x - mu|^2 as its value. Of the table it reads
  /// means and constants alone.
  void (*assign)(const DensityTable& table, const PointTiles& points, TileRange tiles, const BestComponents& best);
};

/// The kernels of the best SIMD target that the machine has.
[[nodiscard]] MixtureKernels mixture_kernels();

}  // namespace vqi::cluster::detail
