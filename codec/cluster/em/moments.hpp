// The E-step and the sums that the M-step needs, over all points in one pass.
#pragma once

#include <vector>

#include "cluster_detail.hpp"
#include "mixture_kernels.hpp"
#include "point_tiles.hpp"
#include "work.hpp"

namespace vqi::cluster::detail {

/// Sums over all points, r being the responsibilities (PRML 9.23) and differences those to the table's means.
struct Moments {
  std::vector<double> weights;  ///< (k): N_k = sum w r (9.27)
  std::vector<double> shifts;   ///< (k, d): sum w r (x - mu) / N_k, which the means move by (9.24); 0 where N_k is 0
  std::vector<double> scatter;  ///< (k or 1, matrix_numbers): sum w r (x - mu)(x - mu)^T
  double log_likelihood = 0;    ///< sum w ln p(x) (9.28)
};

/// With `tied` there is one scatter over all components. Responsibilities are never stored. The result does not depend
/// on threads or SIMD target. Throws Error{cancelled}.
[[nodiscard]] Moments accumulate_moments(const DensityTable& table, bool tied, const PointTiles& points,
                                         const Work& work);

/// ln p(x) of each point and the component with the largest responsibility, rounded up to whole tiles.
struct Evaluation {
  std::vector<std::uint32_t> components;
  std::vector<double> log_densities;
};
[[nodiscard]] Evaluation evaluate(const DensityTable& table, const PointTiles& points, const ThreadPool& pool);

}  // namespace vqi::cluster::detail
