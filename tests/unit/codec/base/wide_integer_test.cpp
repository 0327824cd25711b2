// Numbers of every length through all operators, beside those of the compiler.
#include "wide_integer.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "integer.hpp"
#include "random.hpp"

using vqi::detail::int128;
using vqi::detail::uint128;
using vqi::detail::WideInteger;

namespace {

/// Numbers of every length, those at the borders of words among them.
std::vector<uint128> operands() {
  std::vector<uint128> numbers{0, 1, 2, ~uint128{0}};
  for (unsigned bit = 1; bit < 128; ++bit)
    for (const int128 near : {-1, 0, 1}) numbers.push_back((uint128{1} << bit) + static_cast<uint128>(near));
  vqi::detail::Random random(7);
  for (unsigned bits = 1; bits <= 128; bits += 3)
    numbers.push_back((uint128{random.next()} << 64 | random.next()) >> (128 - bits));
  return numbers;
}

template <bool Signed>
WideInteger<Signed> wide(uint128 value) {
  return WideInteger<Signed>(static_cast<std::uint64_t>(value >> 64)) << 64 |
         WideInteger<Signed>(static_cast<std::uint64_t>(value));
}

template <bool Signed>
uint128 bits_of(const WideInteger<Signed>& value) {
  return uint128{value.high()} << 64 | value.low();
}

/// Whether all operators give what those of `Native` give.
template <bool Signed, class Native>
bool agrees(uint128 first, uint128 second) {
  const WideInteger<Signed> a = wide<Signed>(first);
  const WideInteger<Signed> b = wide<Signed>(second);
  const auto native_a = static_cast<Native>(first);
  const auto native_b = static_cast<Native>(second);
  const auto count = static_cast<unsigned>(second % 128);
  bool same = bits_of(a + b) == first + second && bits_of(a - b) == first - second &&
              bits_of(a * b) == first * second && bits_of(a | b) == (first | second) && bits_of(-a) == -first &&
              bits_of(~a) == ~first && bits_of(a << count) == first << count &&
              bits_of(a >> count) == static_cast<uint128>(native_a >> count) && (a < b) == (native_a < native_b) &&
              (a >= b) == (native_a >= native_b) && (a == b) == (first == second);
  const bool overflows = Signed && first == uint128{1} << 127 && second == ~uint128{0};
  if (second != 0 && !overflows)
    same = same && bits_of(a / b) == static_cast<uint128>(native_a / native_b) &&
           bits_of(a % b) == static_cast<uint128>(native_a % native_b);
  return same;
}

}  // namespace

TEST_CASE("128-bit integers of two words calculate as the compiler's do, with and without a sign") {
  std::size_t wrong = 0;
  for (const uint128 first : operands())
    for (const uint128 second : operands()) {
      wrong += agrees<false, uint128>(first, second) ? 0U : 1U;
      wrong += agrees<true, int128>(first, second) ? 0U : 1U;
    }
  CHECK(wrong == 0);
}

TEST_CASE("128-bit integers of two words round to the doubles that the compiler's round to") {
  std::size_t wrong = 0;
  for (const uint128 high : operands())
    for (const uint128 low : operands()) {
      const uint128 value = high ^ low;
      wrong += static_cast<double>(wide<false>(value)) == static_cast<double>(value) ? 0U : 1U;
      wrong += static_cast<double>(wide<true>(value)) == static_cast<double>(static_cast<int128>(value)) ? 0U : 1U;
    }
  CHECK(wrong == 0);
}

TEST_CASE("128-bit integers of two words take and give the compiler's smaller integers") {
  CHECK(bits_of(WideInteger<true>(-5)) == static_cast<uint128>(int128{-5}));
  CHECK(bits_of(WideInteger<false>(std::uint32_t{7})) == 7);
  CHECK(static_cast<std::int64_t>(WideInteger<true>(-5)) == -5);
  CHECK(static_cast<std::uint16_t>(wide<false>((uint128{1} << 100) + 0x12345)) == 0x2345);
  CHECK(static_cast<bool>(wide<false>(uint128{1} << 64)));
  CHECK_FALSE(static_cast<bool>(WideInteger<true>{}));
  CHECK(bits_of(WideInteger<true>(WideInteger<false>(9))) == 9);
}
