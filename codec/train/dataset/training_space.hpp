// TrainingSpace: from samples to the integer coordinates in which distances are measured, and back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "block_grid.hpp"
#include "fixed_point.hpp"

namespace vqi::detail {

/// True if training for `k` codewords keeps opaque and transparent pixels apart by a class (see TrainingSpace).
[[nodiscard]] bool wants_classes(const BlockGrid& grid, std::uint32_t k) noexcept;

/// Coordinates are samples, centred on zero. Pixels with alpha are premultiplied, so that the colour under a
/// transparent pixel costs nothing.
///
/// With `classes` there is one more coordinate, the class: transparent, mixed or opaque. Its values are so far apart
/// that a pixel's nearest codeword always has the pixel's class, if any codeword does. Opaque pixels stay opaque and
/// transparent pixels transparent, although k-means has no rule for them.
class TrainingSpace {
 public:
  /// `classes` is only for vectors that are single pixels with alpha.
  TrainingSpace(const BlockGrid& grid, bool classes);

  [[nodiscard]] std::uint32_t dimension() const noexcept { return sample_count_ + (classes_ ? 1 : 0); }
  /// The number of coordinates that are samples: dimension() without the class.
  [[nodiscard]] std::uint32_t sample_count() const noexcept { return sample_count_; }
  [[nodiscard]] std::uint32_t bit_depth() const noexcept { return bit_depth_; }
  [[nodiscard]] bool premultiplied() const noexcept { return premultiplied_; }
  /// The value that is subtracted from a sample, after premultiplying.
  [[nodiscard]] std::int32_t centre() const noexcept { return centre_; }
  /// The number format for these coordinates.
  [[nodiscard]] FixedPoint fixed_point() const;

  /// Writes the dimension() coordinates of a vector of samples.
  void to_coordinates(const std::byte* samples, std::span<std::int32_t> coordinates) const noexcept;

  /// Sets the class, if there is one, of a codeword x_F whose other coordinates are given.
  void classify(std::span<std::int32_t> scaled, std::uint32_t fraction_bits) const noexcept;

  /// Writes the vector of samples whose coordinates are nearest to a codeword, given as x_F = x 2^fraction_bits.
  void to_samples(std::span<const std::int32_t> scaled, std::uint32_t fraction_bits, std::byte* samples) const noexcept;

 private:
  [[nodiscard]] std::int32_t class_of(std::uint32_t alpha) const noexcept;

  std::uint32_t channels_;
  std::uint32_t bit_depth_;
  std::uint32_t sample_count_;
  bool premultiplied_;
  bool classes_;
  std::int32_t max_value_;
  std::int32_t centre_;
  std::int32_t class_distance_;
};

}  // namespace vqi::detail
