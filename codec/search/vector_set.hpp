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

/// Vectors in a tile; a multiple of the lanes of every SIMD target in use.
inline constexpr std::size_t tile_vectors = 16;
/// Vectors in a block, the smallest group with a bounding box.
inline constexpr std::size_t block_vectors = 64;
inline constexpr std::size_t block_tiles = block_vectors / tile_vectors;

/// n weighted vectors in tiles of 16. Coordinates are multiples of 2^-F, which calls take and return as x_F = x 2^F.
///
/// Tiles hold x_s = -2 x_F (see FixedPoint), so that a search needs only products and sums: narrow tiles as int16
/// pairs, [pair][lane], wide tiles as floats, [dimension][lane]. A lane is a vector. The last block is padded with
/// copies of the last vector, which have no weight.
class VectorSet {
 public:
  /// An empty set with memory reserved for `capacity` vectors.
  VectorSet(const FixedPoint& fixed_point, std::size_t capacity);

  /// Adds a vector of dimension() coordinates x_F, each within the bounds of the fixed point.
  void append(std::span<const std::int32_t> scaled, std::uint32_t weight);

  /// Adds one vector for each weight; its coordinates are the bytes of its row in `rows` minus `centre`. The fast way
  /// for 8-bit samples.
  void append_bytes(const std::byte* rows, std::int32_t centre, std::span<const std::uint32_t> weights,
                    const ThreadPool& pool);

  /// Pads the last block. To be called once, after the last append.
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

  /// Calls use(n, x_F) for the vectors begin .. end - 1 in ascending order; x_F points to dimension() coordinates.
  /// Reads whole tiles, which is faster than single vectors.
  template <typename Use>
  void for_each_vector(std::size_t begin, std::size_t end, const Use& use) const {
    std::vector<std::int32_t> rows(tile_vectors * dimension());
    for (std::size_t n = begin; n < end;) {
      read_tile(n / tile_vectors, rows.data());
      for (const std::size_t stop = std::min(end, (n / tile_vectors + 1) * tile_vectors); n < stop; ++n)
        use(n, rows.data() + n % tile_vectors * dimension());
    }
  }

  /// The number of words in a tile: int32 (int16 pairs) in a narrow one, floats in a wide one. The tiles follow.
  [[nodiscard]] std::size_t tile_words() const noexcept { return tile_words_; }
  [[nodiscard]] const std::int32_t* narrow_tile(std::size_t tile) const noexcept {
    return narrow_.data() + tile * tile_words_;
  }
  [[nodiscard]] const float* wide_tile(std::size_t tile) const noexcept { return wide_.data() + tile * tile_words_; }

 private:
  /// Writes all x_F of one tile, (tile_vectors, dimension) row-major.
  void read_tile(std::size_t tile, std::int32_t* rows) const noexcept;
  void store(std::size_t n, std::span<const std::int32_t> scaled);
  /// Makes room for `count` vectors; new tiles are 0.
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
