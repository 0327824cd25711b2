// The E-step at its limit: every point belongs to the mean that costs least, |x - mu_k|^2 and a penalty of the mean.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cluster_detail.hpp"
#include "point_tiles.hpp"
#include "work.hpp"

namespace vqi::cluster::detail {

/// Points with their means. Arrays over points are rounded up to whole tiles.
struct HardCells {
  std::vector<std::uint32_t> indices;  ///< of equally dear means the first
  std::vector<double> distances_sq;    ///< |x - mu|^2
  std::vector<double> weights;         ///< (k)
  std::vector<double> shifts;          ///< (k, d): mean of x - mu over the cell; 0 where it is empty
  double objective = 0;                ///< sum w |x - mu|^2
};

/// With no penalties this is k-means' assignment (PRML 9.2). EM with covariances eps I and priors pi ends here as its
/// responsibilities become 0 and 1: penalties -2 eps ln pi_k, those of entropy-constrained VQ at lambda = 2 eps ln 2
/// and a rate of -log2 pi_k. `means` is (k, d), `penalties` (k).
[[nodiscard]] HardCells assign_cells(const PointTiles& points, std::span<const double> means,
                                     std::span<const double> penalties, const Work& work);

/// lambda * -log2 pi_k; beyond everything where pi_k is 0.
[[nodiscard]] std::vector<double> rate_penalties(std::span<const double> weights, double lambda);

}  // namespace vqi::cluster::detail
