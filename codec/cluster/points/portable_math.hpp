// exp and log with the same bits on every machine: fixed polynomials by products and sums, without the C library.
#pragma once

#include <bit>
#include <cstdint>

namespace vqi::cluster::detail {

// Constants of exp and log, here and over SIMD lanes (portable_math-inl.hpp).

inline constexpr double log2_of_e = 0x1.71547652b82fep+0;
inline constexpr double ln2_high = 0x1.62e42feep-1;  // the upper 32 bits of ln 2: its product with an exponent is exact
inline constexpr double ln2_low = 0x1.a39ef35793c76p-33;  // the rest of ln 2
/// 1.5 * 2^52: adding it rounds a number to an integer, which is then in the lowest bits of the sum.
inline constexpr double integer_rounder = 0x1.8p52;
/// 1 / n!, from n = 13 down to 0: the series of exp, whose error is 4e-18 for |r| <= ln(2) / 2.
inline constexpr double exp_coefficients[] = {
    1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
    1.0 / 720,        1.0 / 120,       1.0 / 24,       1.0 / 6,       0.5,          1.0,         1.0};
/// 1 / (2n + 1), from n = 11 down to 0: the series of artanh for |s| <= 3 - sqrt(8).
inline constexpr double log_coefficients[] = {1.0 / 23, 1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13,
                                              1.0 / 11, 1.0 / 9,  1.0 / 7,  1.0 / 5,  1.0 / 3,  1.0};
// Doubles as bits, to take exponent and mantissa apart.
inline constexpr std::uint64_t bits_of_one = 0x3FF0000000000000;
inline constexpr std::uint64_t bits_of_root_half = 0x3FE6A09E667F3BCD;
inline constexpr std::uint64_t mantissa_mask = 0x000FFFFFFFFFFFFF;
inline constexpr std::uint64_t bits_of_two_52 = 0x4330000000000000;
inline constexpr double two_52_and_bias = 4503599627370496.0 + 1023;

/// e^x for |x| <= 700, to about one unit in the last place.
[[nodiscard]] inline double portable_exp(double x) noexcept {
  const double shifted = x * log2_of_e + integer_rounder;
  const double n = shifted - integer_rounder;
  const double r = (x - n * ln2_high) - n * ln2_low;
  double sum = 0;
  for (const double coefficient : exp_coefficients) sum = sum * r + coefficient;
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(sum) + (std::bit_cast<std::uint64_t>(shifted) << 52));
}

/// ln x for normal x > 0, to about two units in the last place: x = 2^e m, m in [sqrt(1/2), sqrt(2)), and
/// ln m = 2 artanh((m - 1) / (m + 1)).
[[nodiscard]] inline double portable_log(double x) noexcept {
  const std::uint64_t moved = std::bit_cast<std::uint64_t>(x) + (bits_of_one - bits_of_root_half);
  const double e = std::bit_cast<double>((moved >> 52) | bits_of_two_52) - two_52_and_bias;
  const double m = std::bit_cast<double>((moved & mantissa_mask) + bits_of_root_half);
  const double s = (m - 1.0) / (m + 1.0);
  const double z = s * s;
  double sum = 0;
  for (const double coefficient : log_coefficients) sum = sum * z + coefficient;
  return e * ln2_high + (e * ln2_low + (s + s) * sum);
}

/// ln x; for x = 0 a finite number below every other logarithm.
[[nodiscard]] inline double log_or_lowest(double x) noexcept { return x > 0 ? portable_log(x) : -1e300; }

}  // namespace vqi::cluster::detail
