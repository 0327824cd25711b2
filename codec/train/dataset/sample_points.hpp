// Training vectors as points of the mixture part.
#pragma once

#include <cstdint>

#include "point_tiles.hpp"
#include "vector_set.hpp"

namespace vqi::detail {

/// The first `sample_count` coordinates of each vector, in code values and centred, with its weight: all but its class.
[[nodiscard]] cluster::detail::PointTiles sample_points(const VectorSet& vectors, std::uint32_t sample_count);

}  // namespace vqi::detail
