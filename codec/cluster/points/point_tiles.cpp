// Adds points to the last tile, and cuts the tiles into ranges for tasks.
#include "point_tiles.hpp"

#include <algorithm>

#include "assert.hpp"

namespace vqi::cluster::detail {
namespace {

/// A smaller range is not worth a task.
constexpr std::size_t range_tiles_min = 64;
constexpr std::size_t ranges_max = 64;
/// Doubles in the sums of all ranges together, 256 MB; there may be two ranges in any case.
constexpr std::size_t numbers_max = std::size_t{1} << 25;

}  // namespace

PointTiles::PointTiles(std::uint32_t dimension, std::size_t capacity) : dimension_(dimension) {
  const std::size_t tiles = (capacity + tile_lanes - 1) / tile_lanes;
  coordinates_.reserve(tiles * dimension * tile_lanes);
  weights_.reserve(tiles * tile_lanes);
}

void PointTiles::append(std::span<const double> coordinates, double weight) {
  VQI_ASSERT(coordinates.size() == dimension_);
  const std::size_t lane = size_ % tile_lanes;
  if (lane == 0) {
    coordinates_.resize(coordinates_.size() + dimension_ * tile_lanes, 0.0);
    weights_.resize(weights_.size() + tile_lanes, 0.0);
  }
  double* const tile = coordinates_.data() + size_ / tile_lanes * dimension_ * tile_lanes;
  for (std::uint32_t i = 0; i < dimension_; ++i) tile[i * tile_lanes + lane] = coordinates[i];
  weights_[size_] = weight;
  total_weight_ += weight;
  ++size_;
}

std::vector<TileRange> cut_tiles(const PointTiles& points, std::size_t numbers_per_range) {
  const std::size_t tiles = points.tile_count();
  const std::size_t by_memory = std::max<std::size_t>(2, numbers_max / std::max<std::size_t>(1, numbers_per_range));
  const std::size_t count =
      std::clamp<std::size_t>(tiles / range_tiles_min, 1, std::min<std::size_t>(ranges_max, by_memory));
  std::vector<TileRange> ranges;
  for (std::size_t i = 0; i < count; ++i) ranges.push_back({tiles * i / count, tiles * (i + 1) / count});
  return ranges;
}

}  // namespace vqi::cluster::detail
