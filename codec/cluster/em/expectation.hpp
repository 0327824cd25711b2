// The E-step of EM: responsibilities, and the sums over them that the M-step needs, in one pass over all points.
#pragma once

#include <cstdint>
#include <vector>

#include "cluster_detail.hpp"
#include "mixture_kernels.hpp"
#include "point_tiles.hpp"
#include "work.hpp"

namespace vqi::cluster::detail {

/// Sums over all points for each component; r is a responsibility (PRML 9.23), mu the component's mean in the E-step.
struct ComponentMoments {
  std::vector<double> weights;  ///< (k): N_k = sum w r (9.27)
  std::vector<double> shifts;   ///< (k, d): sum w r (x - mu) / N_k, what the means move by (9.24); 0 if N_k is 0
  std::vector<double> scatter;  ///< (k, or 1 if tied; matrix_numbers): sum w r (x - mu)(x - mu)^T
  double log_likelihood = 0;    ///< sum w ln p(x) (9.28)
};

/// The moments of all components; with `tied` they share one scatter. Responsibilities are never stored. The result
/// depends on neither threads nor SIMD target. Cost: O(n k d), with full matrices O(n k d^2). Throws Error{cancelled}.
[[nodiscard]] ComponentMoments accumulate_moments(const DensityTable& table, bool tied, const PointTiles& points,
                                                  const Work& work);

/// The component with the largest responsibility for each point, and ln p(x). Both are as long as all tiles, the last
/// one full.
struct Evaluation {
  std::vector<std::uint32_t> components;
  std::vector<double> log_densities;
};
[[nodiscard]] Evaluation evaluate(const DensityTable& table, const PointTiles& points, const ThreadPool& pool);

}  // namespace vqi::cluster::detail
