// WideInteger: integers of 128 bits, for machines whose compiler has none, as those of 32 bits.
#pragma once

#include <bit>
#include <cmath>
#include <compare>
#include <concepts>
#include <cstdint>

namespace vqi::detail {

/// Arithmetic modulo 2^128, in two's complement where Signed, as __int128 has it: the same values to the last bit,
/// conversions to double included. Division by zero is undefined.
template <bool Signed>
class WideInteger {
 public:
  constexpr WideInteger() = default;
  template <std::integral Integer>
  constexpr explicit(false) WideInteger(Integer value) noexcept
      : low_(static_cast<std::uint64_t>(value)), high_(value < Integer{0} ? ~std::uint64_t{0} : 0) {}
  constexpr explicit WideInteger(const WideInteger<!Signed>& other) noexcept : low_(other.low()), high_(other.high()) {}

  template <std::integral Integer>
  constexpr explicit operator Integer() const noexcept {
    return static_cast<Integer>(low_);
  }
  constexpr explicit operator bool() const noexcept { return (low_ | high_) != 0; }
  explicit operator double() const noexcept {
    if (is_negative()) return -magnitude_as_double(-*this);
    return magnitude_as_double(*this);
  }

  [[nodiscard]] constexpr std::uint64_t low() const noexcept { return low_; }
  [[nodiscard]] constexpr std::uint64_t high() const noexcept { return high_; }

  friend constexpr bool operator==(const WideInteger& a, const WideInteger& b) noexcept {
    return a.low_ == b.low_ && a.high_ == b.high_;
  }
  friend constexpr std::strong_ordering operator<=>(const WideInteger& a, const WideInteger& b) noexcept {
    if (a.is_negative() != b.is_negative())
      return a.is_negative() ? std::strong_ordering::less : std::strong_ordering::greater;
    if (a.high_ != b.high_) return a.high_ < b.high_ ? std::strong_ordering::less : std::strong_ordering::greater;
    if (a.low_ != b.low_) return a.low_ < b.low_ ? std::strong_ordering::less : std::strong_ordering::greater;
    return std::strong_ordering::equal;
  }

  friend constexpr WideInteger operator~(const WideInteger& a) noexcept { return of(~a.low_, ~a.high_); }
  friend constexpr WideInteger operator-(const WideInteger& a) noexcept { return ~a + 1; }
  friend constexpr WideInteger operator|(const WideInteger& a, const WideInteger& b) noexcept {
    return of(a.low_ | b.low_, a.high_ | b.high_);
  }
  friend constexpr WideInteger operator+(const WideInteger& a, const WideInteger& b) noexcept {
    const std::uint64_t low = a.low_ + b.low_;
    return of(low, a.high_ + b.high_ + (low < a.low_ ? 1 : 0));
  }
  friend constexpr WideInteger operator-(const WideInteger& a, const WideInteger& b) noexcept {
    return of(a.low_ - b.low_, a.high_ - b.high_ - (a.low_ < b.low_ ? 1 : 0));
  }
  friend constexpr WideInteger operator*(const WideInteger& a, const WideInteger& b) noexcept {
    const WideInteger product = full_product(a.low_, b.low_);
    return of(product.low_, product.high_ + a.low_ * b.high_ + a.high_ * b.low_);
  }
  /// Rounds towards zero.
  friend constexpr WideInteger operator/(const WideInteger& a, const WideInteger& b) noexcept {
    const WideInteger quotient = divide(a.magnitude(), b.magnitude()).quotient;
    return a.is_negative() != b.is_negative() ? -quotient : quotient;
  }
  friend constexpr WideInteger operator%(const WideInteger& a, const WideInteger& b) noexcept {
    const WideInteger remainder = divide(a.magnitude(), b.magnitude()).remainder;
    return a.is_negative() ? -remainder : remainder;
  }
  /// 0 <= count < 128, here and below.
  friend constexpr WideInteger operator<<(const WideInteger& a, unsigned count) noexcept {
    if (count == 0) return a;
    if (count >= 64) return of(0, a.low_ << (count - 64));
    return of(a.low_ << count, a.high_ << count | a.low_ >> (64 - count));
  }
  friend constexpr WideInteger operator>>(const WideInteger& a, unsigned count) noexcept {
    if (count == 0) return a;
    const std::uint64_t fill = a.is_negative() ? ~std::uint64_t{0} : 0;
    if (count == 64) return of(a.high_, fill);
    if (count > 64) return of(a.high_ >> (count - 64) | fill << (128 - count), fill);
    return of(a.low_ >> count | a.high_ << (64 - count), a.high_ >> count | fill << (64 - count));
  }

  constexpr WideInteger& operator+=(const WideInteger& b) noexcept { return *this = *this + b; }
  constexpr WideInteger& operator-=(const WideInteger& b) noexcept { return *this = *this - b; }
  constexpr WideInteger& operator|=(const WideInteger& b) noexcept { return *this = *this | b; }

 private:
  struct Division {
    WideInteger quotient;
    WideInteger remainder;
  };

  static constexpr WideInteger of(std::uint64_t low, std::uint64_t high) noexcept {
    WideInteger result;
    result.low_ = low;
    result.high_ = high;
    return result;
  }

  [[nodiscard]] constexpr bool is_negative() const noexcept { return Signed && high_ >> 63 != 0; }
  /// Without a sign, though of this type: -2^127 has the bits of 2^127.
  [[nodiscard]] constexpr WideInteger magnitude() const noexcept { return is_negative() ? -*this : *this; }
  [[nodiscard]] constexpr unsigned bits() const noexcept {
    return high_ != 0 ? 64 + static_cast<unsigned>(std::bit_width(high_)) : static_cast<unsigned>(std::bit_width(low_));
  }

  static constexpr WideInteger full_product(std::uint64_t a, std::uint64_t b) noexcept {
    constexpr std::uint64_t half = 0xFFFFFFFFU;
    const std::uint64_t lows = (a & half) * (b & half);
    const std::uint64_t middle = (a >> 32) * (b & half) + (lows >> 32);
    const std::uint64_t other_middle = (a & half) * (b >> 32) + (middle & half);
    return of(other_middle << 32 | (lows & half), (a >> 32) * (b >> 32) + (middle >> 32) + (other_middle >> 32));
  }

  /// Of numbers without a sign, bit by bit unless both fit 64 bits.
  static constexpr Division divide(const WideInteger& a, const WideInteger& b) noexcept {
    if ((a.high_ | b.high_) == 0) return {of(a.low_ / b.low_, 0), of(a.low_ % b.low_, 0)};
    Division result{0, a};
    if (a.bits() < b.bits()) return result;
    const unsigned first = a.bits() - b.bits();
    for (unsigned bit = first + 1; bit-- > 0;) {
      const WideInteger part = b << bit;
      const WideInteger& rest = result.remainder;
      if (rest.high_ < part.high_ || (rest.high_ == part.high_ && rest.low_ < part.low_)) continue;
      result.remainder -= part;
      result.quotient |= WideInteger(1) << bit;
    }
    return result;
  }

  /// Rounded once, to the nearest: a 1 among the bits below the upper 64 only has to break ties, from the lowest of
  /// these.
  static double magnitude_as_double(const WideInteger& a) noexcept {
    if (a.high_ == 0) return static_cast<double>(a.low_);
    const unsigned dropped = static_cast<unsigned>(std::bit_width(a.high_));
    std::uint64_t upper = dropped == 64 ? a.high_ : a.high_ << (64 - dropped) | a.low_ >> dropped;
    if (dropped == 64 ? a.low_ != 0 : a.low_ << (64 - dropped) != 0) upper |= 1;
    return std::ldexp(static_cast<double>(upper), static_cast<int>(dropped));
  }

  std::uint64_t low_ = 0;
  std::uint64_t high_ = 0;
};

}  // namespace vqi::detail
