// The choice of format and of fraction bits, by the bounds of all scores.
#include "fixed_point.hpp"

#include <algorithm>

namespace vqi::detail {
namespace {

constexpr std::uint32_t narrow_fraction_bits_max = 6;  // more bits lower no distortion measurably
constexpr std::uint32_t wide_fraction_bits_max = 4;
constexpr std::int64_t int16_max = 32767;

}  // namespace

FixedPoint::FixedPoint(std::span<const std::int32_t> bounds) : dimension_(static_cast<std::uint32_t>(bounds.size())) {
  std::int64_t largest = 1;
  std::int64_t sum_of_squares = 0;
  for (const std::int32_t bound : bounds) {
    largest = std::max<std::int64_t>(largest, bound);
    sum_of_squares += std::int64_t{bound} * bound;
  }
  const auto fits_narrow = [&](std::uint32_t bits) {
    return largest << (bits + 1) <= int16_max && 4 * sum_of_squares << (2 * bits) < std::int64_t{1} << 31;
  };
  wide_ = !fits_narrow(0);
  const std::uint32_t most = wide_ ? wide_fraction_bits_max : narrow_fraction_bits_max;
  const auto fits = [&](std::uint32_t bits) {
    // Wide: x_s must be exact in a float's 24 bits; it has 17 bits, and a power of two does not matter.
    return wide_ ? 4 * sum_of_squares << (2 * bits) < std::int64_t{1} << 52 : fits_narrow(bits);
  };
  while (fraction_bits_ < most && fits(fraction_bits_ + 1)) ++fraction_bits_;
}

}  // namespace vqi::detail
