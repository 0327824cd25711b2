// The gap statistic of points: how much tighter K clusters are than those of evenly spread points, for each K.
#pragma once

#include "cluster_detail.hpp"
#include "point_tiles.hpp"
#include "vqi/cluster.hpp"
#include "work.hpp"

namespace vqi::cluster::detail {

/// Does what gap() in vqi/cluster.hpp says. Rows end before the first K at which W_k is 0; if all points are equal
/// there are no rows, and K is 1. If the points are means of groups, `within` is the dispersion inside the groups, sum
/// w |x - mean|^2, which is added to the data's W_k; otherwise it is 0. Of `options` run.threads and run.progress are
/// not read. Throws Error{cancelled}.
[[nodiscard]] GapResult gap_of(const PointTiles& points, double within, const GapOptions& options, const Work& work);

}  // namespace vqi::cluster::detail
