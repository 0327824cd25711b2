// The E-step at its limit: each point belongs to one mean, the one with the least |x - mu_k|^2 + penalty of the mean.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cluster_detail.hpp"
#include "point_tiles.hpp"
#include "work.hpp"

namespace vqi::cluster::detail {

/// The cells of the means. Arrays over points are as long as all tiles, the last one full.
struct HardCells {
  std::vector<std::uint32_t> indices;  ///< the mean of each point; the first if several cost the same
  std::vector<double> distances_sq;    ///< of each point: |x - mu|^2
  std::vector<double> weights;         ///< (k): sum w over the cell
  std::vector<double> shifts;          ///< (k, d): mean of x - mu over the cell, 0 if it is empty
  double objective = 0;                ///< sum w |x - mu|^2 over all points, without penalties
};

/// Assigns all points. `means` is (k, d), `penalties` (k). With penalties of 0 this is the assignment of k-means (PRML
/// 9.2). The E-step with covariances eps I and weights pi comes to the same once its responsibilities are 0 and 1, if
/// the penalties are -2 eps ln pi_k; they are those of entropy-constrained VQ, with lambda = 2 eps ln 2 and the rate
/// -log2 pi_k. Cost: O(n k d). Throws Error{cancelled}.
[[nodiscard]] HardCells assign_cells(const PointTiles& points, std::span<const double> means,
                                     std::span<const double> penalties, const Work& work);

/// The penalties of entropy-constrained VQ: lambda * -log2 of each weight pi_k, for a weight of 0 larger than any other
/// cost. All are 0 if lambda is 0.
[[nodiscard]] std::vector<double> rate_penalties(std::span<const double> weights, double lambda);

}  // namespace vqi::cluster::detail
