// Deterministic annealing: EM with one fixed variance eps in all directions, which falls.
#pragma once

#include <vector>

#include "cluster_detail.hpp"
#include "point_tiles.hpp"
#include "vqi/cluster.hpp"
#include "work.hpp"

namespace vqi::cluster::detail {

struct Annealed {
  std::vector<double> means;    ///< (k, d)
  std::vector<double> weights;  ///< (k): learned with keep_priors, else even
  std::vector<AnnealStep> history;
};

/// Cools as anneal() in vqi/cluster.hpp says, without the Lloyd's steps after it.
[[nodiscard]] Annealed cool(const PointTiles& points, const AnnealOptions& options, const Work& work);

/// EM steps on means, and weights if `learn_weights`, with covariances eps I, until no mean moves by a thousandth of
/// sqrt(eps), at most `steps_max`.
[[nodiscard]] AnnealStep settle(const PointTiles& points, double eps, bool learn_weights, std::uint32_t steps_max,
                                const Work& work, std::vector<double>& means, std::vector<double>& weights);

}  // namespace vqi::cluster::detail
