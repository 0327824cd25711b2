// The gap statistic on tiles of points.
#pragma once

#include "cluster_detail.hpp"
#include "point_tiles.hpp"
#include "vqi/cluster.hpp"
#include "work.hpp"

namespace vqi::cluster::detail {

/// As gap() in vqi/cluster.hpp. Rows end before the first K that leaves no dispersion; there are none where all points
/// are equal, and K is then 1. Of `options` run.threads and run.progress are not looked at. Where the points are means
/// of groups, `within` is the dispersion inside the groups, which the data's W_k then has as well.
[[nodiscard]] GapResult gap_of(const PointTiles& points, double within, const GapOptions& options, const Work& work);

}  // namespace vqi::cluster::detail
