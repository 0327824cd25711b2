// VectorSet: weighted training vectors in the layout that nearest-codeword search reads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fixed_point.hpp"
#include "integer.hpp"
#include "large_memory.hpp"
#include "parallel.hpp"

namespace vqi::detail {

/// Vectors in a tile; a multiple of every SIMD width in use.
inline constexpr std::size_t tile_vectors = 16;
/// Vectors in a block, the unit that has a bounding box of its own.
inline constexpr std::size_t block_vectors = 64;
inline constexpr std::size_t block_tiles = block_vectors / tile_vectors;

/// n weighted vectors, in tiles of 16. Coordinates are multiples of 2^-F, given and read as x_F = x 2^F.
///
/// What is stored is x_s = -2 x_F (see FixedPoint), so that a search needs only products and sums. Narrow tiles hold
/// int16 pairs, [pair][lane]; wide ones floats, [dimension][lane]. The last block is padded with copies of the last
/// vector, of weight 0.
class VectorSet {
 public:
  VectorSet(const FixedPoint& fixed_point, std::size_t capacity);

  /// Adds a vector of `dimension()` coordinates x_F within the fixed point's bounds.
  void append(std::span<const std::int32_t> scaled, std::uint32_t weight);

  /// Adds a vector for each weight, whose coordinates are bytes less `centre`: the fast way for 8-bit samples.
  void append_bytes(const std::byte* rows, std::int32_t centre, std::span<const std::uint32_t> weights,
                    const ThreadPool& pool);

  /// Pads the last block; to be called once, after the last append.
  void finish();

  [[nodiscard]] const FixedPoint& fixed_point() const noexcept { return fixed_point_; }
  [[nodiscard]] std::uint32_t dimension() const noexcept { return fixed_point_.dimension(); }
  [[nodiscard]] bool wide() const noexcept { return fixed_point_.wide(); }
  [[nodiscard]] std::size_t size() const noexcept { return weights_.size(); }
  [[nodiscard]] std::size_t block_count() const noexcept { return tile_count_ / block_tiles; }
  [[nodiscard]] std::span<const std::uint32_t> weights() const noexcept { return weights_; }
  [[nodiscard]] std::uint64_t total_weight() const noexcept { return total_weight_; }
  /// sum w |x_F|^2
  [[nodiscard]] uint128 norm() const noexcept { return norm_; }

  /// Coordinate i of vector n as x_F.
  [[nodiscard]] std::int32_t scaled(std::size_t n, std::uint32_t i) const noexcept {
    const std::size_t tile = n / tile_vectors;
    const std::size_t lane = n % tile_vectors;
    if (wide()) return -static_cast<std::int32_t>(wide_tile(tile)[i * tile_vectors + lane]) / 2;
    const std::int32_t pair = narrow_tile(tile)[i / 2 * tile_vectors + lane];
    return -((i % 2 == 0 ? static_cast<std::int16_t>(pair & 0xFFFF) : pair >> 16) / 2);
  }
  void read_scaled(std::size_t n, std::span<std::int32_t> scaled_coordinates) const noexcept {
    for (std::uint32_t i = 0; i < dimension(); ++i) scaled_coordinates[i] = scaled(n, i);
  }

  /// Calls use(n, x_F) for the vectors begin .. end - 1 in order; reads whole tiles, which is faster
  /// than vector by vector.
  template <typename Use>
  void for_each_vector(std::size_t begin, std::size_t end, const Use& use) const {
    std::vector<std::int32_t> rows(tile_vectors * dimension());
    for (std::size_t n = begin; n < end;) {
      read_tile(n / tile_vectors, rows.data());
      for (const std::size_t stop = std::min(end, (n / tile_vectors + 1) * tile_vectors); n < stop; ++n)
        use(n, rows.data() + n % tile_vectors * dimension());
    }
  }

  /// Int32 words (each an int16 pair) of one narrow tile, or floats of one wide tile, and the tiles.
  [[nodiscard]] std::size_t tile_words() const noexcept { return tile_words_; }
  [[nodiscard]] const std::int32_t* narrow_tile(std::size_t tile) const noexcept {
    return narrow_.data() + tile * tile_words_;
  }
  [[nodiscard]] const float* wide_tile(std::size_t tile) const noexcept { return wide_.data() + tile * tile_words_; }

 private:
  /// All x_F of one tile, (tile_vectors, dimension) row-major.
  void read_tile(std::size_t tile, std::int32_t* rows) const noexcept;
  void store(std::size_t n, std::span<const std::int32_t> scaled);
  /// Makes room for `count` vectors, whose tiles are 0 where nothing is stored.
  void resize_tiles(std::size_t count);

  FixedPoint fixed_point_;
  std::size_t tile_words_;
  std::size_t tile_count_ = 0;
  std::uint64_t total_weight_ = 0;
  uint128 norm_ = 0;
  LargeVector<std::uint32_t> weights_;
  LargeVector<std::int32_t> narrow_;
  LargeVector<float> wide_;
};

}  // namespace vqi::detail
