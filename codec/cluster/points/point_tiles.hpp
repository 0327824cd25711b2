// PointTiles: weighted points of doubles in the layout that the mixture's kernels read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "large_memory.hpp"

namespace vqi::cluster::detail {

/// Points in a tile, and the lanes in which sums are kept whatever the SIMD width, so that every target sums in the
/// same order.
inline constexpr std::size_t tile_lanes = 8;

/// n points of d coordinates with weights, in tiles of [dimension][lane]. The last tile is filled with points of weight
/// 0 at the origin.
class PointTiles {
 public:
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
  void read(std::size_t n, std::span<double> coordinates) const noexcept {
    for (std::uint32_t i = 0; i < dimension_; ++i) coordinates[i] = at(n, i);
  }

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

/// Tiles begin .. end - 1.
struct TileRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Cuts the tiles into ranges that depend on the number of tiles alone, for tasks whose sums are then joined in order.
/// There are fewer of them where a task's sums of `numbers_per_range` would take much memory.
[[nodiscard]] std::vector<TileRange> cut_tiles(const PointTiles& points, std::size_t numbers_per_range);

}  // namespace vqi::cluster::detail
