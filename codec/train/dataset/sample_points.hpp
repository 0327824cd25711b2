// sample_points: training vectors as the points that mixtures are fitted to.
#pragma once

#include <cstdint>

#include "point_tiles.hpp"
#include "vector_set.hpp"

namespace vqi::detail {

/// The points of `vectors` with their weights. A point has the first `sample_count` coordinates, all but the class, in
/// code values minus the centre.
[[nodiscard]] cluster::detail::PointTiles sample_points(const VectorSet& vectors, std::uint32_t sample_count);

}  // namespace vqi::detail
