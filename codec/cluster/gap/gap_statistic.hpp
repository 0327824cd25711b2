// The gap statistic on tiles of points.
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

/// As gap() in vqi/gap.hpp. Rows end before the first K that leaves no dispersion; there are none where all points
/// are equal, and K is then 1. Where the points are means
/// of groups, `within` is the dispersion inside the groups, which the data's W_k then has as well.
[[nodiscard]] GapResult gap_of(const PointTiles& points, double within, const GapOptions& options, const Work& work);

}  // namespace vqi::cluster::detail
