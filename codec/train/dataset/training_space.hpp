// TrainingSpace: samples as the integer coordinates that distances are measured in, and back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "block_grid.hpp"
#include "fixed_point.hpp"

namespace vqi::detail {

/// True if a codebook of `k` codewords keeps opaque and transparent pixels apart by a class (see TrainingSpace).
[[nodiscard]] bool wants_classes(const BlockGrid& grid, std::uint32_t k) noexcept;

/// Coordinates are samples, centred on zero. Pixels with alpha are premultiplied, so that the colour
/// under a transparent pixel costs nothing.
///
/// With `classes` one more coordinate tells transparent, mixed and opaque pixels apart, so far from
/// each other that a nearest codeword is always of the pixel's own class while there is one: opaque
/// pixels stay opaque and transparent ones transparent without any rule in the k-means itself.
class TrainingSpace {
 public:
  /// `classes` needs vectors that are single pixels with alpha.
  TrainingSpace(const BlockGrid& grid, bool classes);

  [[nodiscard]] std::uint32_t dimension() const noexcept { return sample_count_ + (classes_ ? 1 : 0); }
  /// Coordinates that are samples: dimension() without the class.
  [[nodiscard]] std::uint32_t sample_count() const noexcept { return sample_count_; }
  [[nodiscard]] std::uint32_t bit_depth() const noexcept { return bit_depth_; }
  [[nodiscard]] bool premultiplied() const noexcept { return premultiplied_; }
  /// What is taken off a sample that is not premultiplied.
  [[nodiscard]] std::int32_t centre() const noexcept { return centre_; }
  [[nodiscard]] FixedPoint fixed_point() const;

  /// The coordinates of a vector of samples.
  void to_coordinates(const std::byte* samples, std::span<std::int32_t> coordinates) const noexcept;

  /// Sets the class coordinate, if there is one, of a codeword whose samples are known.
  void classify(std::span<std::int32_t> scaled, std::uint32_t fraction_bits) const noexcept;

  /// The vector of samples whose coordinates are nearest to a codeword's, times 2^-fraction_bits.
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
