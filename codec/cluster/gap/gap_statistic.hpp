// The gap statistic of points: how much tighter K clusters are than those of evenly spread points, for each K.
#pragma once

#include "cluster_detail.hpp"
#include "point_tiles.hpp"
#include "vqi/gap.hpp"
#include "work.hpp"

namespace vqi::cluster::detail {

/// Throws Error{invalid_option} unless each option is in its range.
void check_gap_options(const GapOptions& options);

/// Sets of points that are in memory at once: the data, and the reference sets under way.
[[nodiscard]] std::uint64_t sets_in_memory(const GapOptions& options, const ThreadPool& pool) noexcept;

/// Does what gap() in vqi/gap.hpp says. Rows end before the first K at which W_k is 0; if all points are equal
/// there are no rows, and K is 1. If the points are means of groups, `within` is the dispersion inside the groups, sum
/// w |x - mean|^2, which is added to the data's W_k; otherwise it is 0. Throws Error{cancelled}.
[[nodiscard]] GapResult gap_of(const PointTiles& points, double within, const GapOptions& options, const Work& work);

}  // namespace vqi::cluster::detail
