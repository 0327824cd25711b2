// Scaling fixed-point coordinates to code values in doubles.
#include "sample_points.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace vqi::detail {

cluster::detail::PointTiles sample_points(const VectorSet& vectors, WorkPulse pulse) {
  const std::uint32_t dimension = vectors.dimension();
  constexpr std::uint64_t append_steps = 32;  // with taking fresh memory
  cluster::detail::PointTiles points(dimension, vectors.size());
  const double unit = std::ldexp(1.0, -static_cast<int>(vectors.fixed_point().fraction_bits()));
  std::vector<double> coordinates(dimension);
  vectors.for_each_vector(0, vectors.size(), [&](std::size_t n, const std::int32_t* scaled) {
    pulse.add(append_steps + std::uint64_t{8} * dimension);
    for (std::uint32_t i = 0; i < dimension; ++i) coordinates[i] = unit * scaled[i];
    points.append(coordinates, vectors.weights()[n]);
  });
  return points;
}

}  // namespace vqi::detail
