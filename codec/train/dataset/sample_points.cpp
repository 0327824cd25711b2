// Scaling fixed-point coordinates to code values in doubles.
#include "sample_points.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

namespace vqi::detail {

cluster::detail::PointTiles sample_points(const VectorSet& vectors, std::uint32_t sample_count) {
  cluster::detail::PointTiles points(sample_count, vectors.size());
  const double unit = std::ldexp(1.0, -static_cast<int>(vectors.fixed_point().fraction_bits()));
  std::vector<double> coordinates(sample_count);
  vectors.for_each_vector(0, vectors.size(), [&](std::size_t n, const std::int32_t* scaled) {
    for (std::uint32_t i = 0; i < sample_count; ++i) coordinates[i] = unit * scaled[i];
    points.append(coordinates, vectors.weights()[n]);
  });
  return points;
}

}  // namespace vqi::detail
