// sample_points: training vectors as the points that mixtures are fitted to.
#pragma once

#include "point_tiles.hpp"
#include "vector_set.hpp"
#include "work_pulse.hpp"

namespace vqi::detail {

/// The points of `vectors` with their weights, in code values minus the centre. Throws what `pulse` throws.
[[nodiscard]] cluster::detail::PointTiles sample_points(const VectorSet& vectors, WorkPulse pulse = {});

}  // namespace vqi::detail
