// k-means from several k-means++ starts, the best of which counts.
#pragma once

#include "cluster_detail.hpp"
#include "weighted_lloyd.hpp"
#include "work.hpp"

namespace vqi::cluster::detail {

/// Descends from `starts` seedings and returns the result with the least objective, of equal ones the first.
[[nodiscard]] KmeansResult best_of_starts(const PointTiles& points, const KmeansOptions& options, Random& random,
                                          const Work& work);

}  // namespace vqi::cluster::detail
