// Weighted points of doubles in tiles, for tests of clustering.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "clouds.hpp"
#include "point_tiles.hpp"

namespace vqi::test {
using namespace detail;

/// (n, d) values with their weights; none for weights of 1.
inline cluster::detail::PointTiles make_tiles(std::span<const double> values, std::uint32_t dimension,
                                              std::span<const double> weights = {}) {
  const std::size_t count = values.size() / dimension;
  cluster::detail::PointTiles points(dimension, count);
  for (std::size_t n = 0; n < count; ++n)
    points.append(values.subspan(n * dimension, dimension), weights.empty() ? 1.0 : weights[n]);
  return points;
}

/// `count` points around three centres, with weights from 0 on.
inline cluster::detail::PointTiles make_weighted_clouds(std::size_t count, std::uint32_t dimension,
                                                        std::uint64_t seed = 1) {
  Random random(seed);
  cluster::detail::PointTiles points(dimension, count);
  std::vector<double> x(dimension);
  for (std::size_t n = 0; n < count; ++n) {
    for (std::uint32_t i = 0; i < dimension; ++i)
      x[i] = 10 * static_cast<double>((n + i) % 3) + (1 + i) * bell_number(random);
    points.append(x, n % 7 == 0 ? 0.0 : 0.5 + unit_number(random));
  }
  return points;
}

}  // namespace vqi::test
