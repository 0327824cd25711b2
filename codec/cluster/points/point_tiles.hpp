// PointTiles: weighted points of doubles, laid out in tiles of eight as the SIMD kernels read them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "large_memory.hpp"

namespace vqi::cluster::detail {

/// The points of a tile, one in each lane. Sums are kept in eight lanes as well, whatever the SIMD width, so that all
/// targets add in the same order.
inline constexpr std::size_t tile_lanes = 8;

/// n points of d coordinates with weights, in tiles of [dimension][lane]. Points of weight 0 at the origin fill the
/// last tile.
class PointTiles {
 public:
  /// No points yet, and memory for `capacity` of them.
  PointTiles(std::uint32_t dimension, std::size_t capacity);

  /// `coordinates` are d finite numbers; `weight` is finite and not negative.
  void append(std::span<const double> coordinates, double weight);

  [[nodiscard]] std::uint32_t dimension() const noexcept { return dimension_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t tile_count() const noexcept { return weights_.size() / tile_lanes; }
  [[nodiscard]] double total_weight() const noexcept { return total_weight_; }
  [[nodiscard]] double weight(std::size_t n) const noexcept { return weights_[n]; }
  [[nodiscard]] double at(std::size_t n, std::uint32_t i) const noexcept {
    return tile(n / tile_lanes)[i * tile_lanes + n % tile_lanes];
  }
  /// Copies the d coordinates of point n.
  void read(std::size_t n, std::span<double> coordinates) const noexcept {
    for (std::uint32_t i = 0; i < dimension_; ++i) coordinates[i] = at(n, i);
  }

  /// The coordinates of tile t: d times tile_lanes numbers.
  [[nodiscard]] const double* tile(std::size_t t) const noexcept {
    return coordinates_.data() + t * dimension_ * tile_lanes;
  }
  [[nodiscard]] const double* tile_weights(std::size_t t) const noexcept { return weights_.data() + t * tile_lanes; }

 private:
  std::uint32_t dimension_;
  std::size_t size_ = 0;
  double total_weight_ = 0;
  vqi::detail::LargeVector<double> coordinates_;
  vqi::detail::LargeVector<double> weights_;
};

/// The tiles begin .. end - 1.
struct TileRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Cuts the tiles into ranges, one a task, whose sums of `numbers_per_range` numbers each are then added in order. The
/// ranges depend on the number of tiles and on `numbers_per_range` alone, never on threads; the larger the sums, the
/// fewer ranges there are.
[[nodiscard]] std::vector<TileRange> cut_tiles(const PointTiles& points, std::size_t numbers_per_range);

}  // namespace vqi::cluster::detail
