// FixedPoint: the number format of training, chosen so that every squared distance is an exact integer.
#pragma once

#include <cstdint>
#include <span>

namespace vqi::detail {

/// Training computes with integers, so results are exact and independent of the order of sums.
///
/// Vectors x, |x_i| <= bound_i, and codewords c are multiples of 2^-F. Codewords are stored as c_s = c 2^F,
/// vectors as x_s = -2 x 2^F. Then
///
///     score(x, c) = |c_s|^2 + x_s . c_s = 2^2F (|x - c|^2 - |x|^2),
///
/// an integer, least for the nearest codeword. With A = 2^2F sum bound_i^2, |score| <= 4A. Narrow numbers have x_s and
/// c_s in 16 bits and scores in 32 bits; wide numbers are doubles, whose 53 bits hold every score exactly. F is the
/// largest that fits, at most 6 for narrow and 4 for wide numbers.
class FixedPoint {
 public:
  /// One bound for each dimension, each at least 1.
  explicit FixedPoint(std::span<const std::int32_t> bounds);

  [[nodiscard]] std::uint32_t dimension() const noexcept { return dimension_; }
  [[nodiscard]] bool wide() const noexcept { return wide_; }
  /// F, the number of bits after the binary point.
  [[nodiscard]] std::uint32_t fraction_bits() const noexcept { return fraction_bits_; }

 private:
  std::uint32_t dimension_;
  bool wide_ = false;
  std::uint32_t fraction_bits_ = 0;
};

}  // namespace vqi::detail
