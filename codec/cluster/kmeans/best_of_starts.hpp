// k-means on points of doubles: k-means++ and Lloyd's steps, from several starts, of which the best counts.
#pragma once

#include "cluster_detail.hpp"
#include "point_lloyd.hpp"
#include "work.hpp"

namespace vqi::cluster::detail {

/// Draws means with k-means++ and takes Lloyd's steps from them, `options.starts` times (0 counts as 1). Returns the
/// result with the least objective, with lambda that of distortion and rate; of equal ones the first. Does not read
/// `options.means` and `options.seed`. Throws Error{cancelled}.
[[nodiscard]] KmeansResult best_of_starts(const PointTiles& points, const KmeansOptions& options, Random& random,
                                          const Work& work);

}  // namespace vqi::cluster::detail
