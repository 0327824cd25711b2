// Deterministic annealing: EM with one variance eps for all components, which is lowered step by step.
#pragma once

#include <cstdint>
#include <vector>

#include "cluster_detail.hpp"
#include "point_tiles.hpp"
#include "vqi/cluster.hpp"
#include "work.hpp"

namespace vqi::cluster::detail {

/// What annealing leaves at its last eps.
struct Annealed {
  std::vector<double> means;    ///< (k, d)
  std::vector<double> weights;  ///< (k): learned if learn_weights is set, else all 1 / k
  std::vector<AnnealStep> history;
};

/// Does what anneal() in vqi/cluster.hpp says, without the Lloyd's steps after it. Throws Error{cancelled}.
[[nodiscard]] Annealed cool(const PointTiles& points, const AnnealOptions& options, const Work& work);

/// Takes EM steps with covariances eps I, at most `steps_max`, until no coordinate of a mean moves by more than a
/// thousandth of sqrt(eps). Moves `means` and, if `learn_weights`, sets `weights`.
[[nodiscard]] AnnealStep settle(const PointTiles& points, double eps, bool learn_weights, std::uint32_t steps_max,
                                const Work& work, std::vector<double>& means, std::vector<double>& weights);

}  // namespace vqi::cluster::detail
