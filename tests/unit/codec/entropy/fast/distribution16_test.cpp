// Distributions of sixteen symbols: plain loops on every SIMD target, frequencies that are never 0, and learning.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/entropy/fast/distribution16_test.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "distribution16-inl.hpp"

#ifndef VQI_DISTRIBUTION16_TEST_ONCE
#define VQI_DISTRIBUTION16_TEST_ONCE
namespace {
/// The numbers of a distribution, in types that all targets share.
struct alignas(32) Numbers {
  std::int16_t at[16];
};
}  // namespace
#endif

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

void start_of_target(Numbers& numbers) { std::copy_n(uniform_distribution.lanes, 16, numbers.at); }
void learn_of_target(Numbers& numbers, bool quick, std::uint32_t symbol) {
  Distribution distribution;
  std::copy_n(numbers.at, 16, distribution.lanes);
  learn(distribution, quick ? quick_rates : slow_rates, symbol);
  std::copy_n(distribution.lanes, 16, numbers.at);
}
void interpolate_of_target(const Numbers& from, const Numbers& to, std::int16_t weight, Numbers& result) {
  store(interpolate(load(from.at), load(to.at), weight), result.at);
}
void frequencies_of_target(const Numbers& mixture, Numbers& result) {
  store(to_frequencies(load(mixture.at)), result.at);
}
std::uint32_t count_of_target(const Numbers& numbers, std::uint32_t slot) {
  return count_above(load(numbers.at), slot);
}
SymbolRange range_of_target(const Numbers& mixture, std::uint32_t symbol) {
  SymbolBounds bounds;
  bounds.set(to_frequencies(load(mixture.at)));
  return bounds.range_of(symbol);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <catch2/catch.hpp>

#include "random.hpp"
#include "simd_targets.hpp"

namespace vqi::detail {
HWY_EXPORT(start_of_target);
HWY_EXPORT(learn_of_target);
HWY_EXPORT(interpolate_of_target);
HWY_EXPORT(frequencies_of_target);
HWY_EXPORT(count_of_target);
HWY_EXPORT(range_of_target);

namespace {

/// A distribution that has learned some symbols, mostly from the first `kinds`.
Numbers learned(std::uint64_t seed, int visits, std::uint64_t kinds) {
  Random random(seed);
  Numbers numbers;
  HWY_DYNAMIC_DISPATCH(start_of_target)(numbers);
  for (int i = 0; i < visits; ++i)
    HWY_DYNAMIC_DISPATCH(learn_of_target)(numbers, seed % 2 == 0, static_cast<std::uint32_t>(random.below(kinds)));
  return numbers;
}

std::int32_t product15(std::int32_t a, std::int32_t b) { return (a * b + (1 << 14)) >> 15; }

}  // namespace

TEST_CASE("interpolation and frequencies are those of plain loops") {
  test::on_every_target([] {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      const Numbers from = learned(seed, static_cast<int>(seed % 90), 16);
      const Numbers to = learned(seed + 100, static_cast<int>(seed % 70), 3);
      for (const std::int16_t weight : {std::int16_t{0}, std::int16_t{1}, std::int16_t{16384}, std::int16_t{31129}}) {
        Numbers mixed;
        Numbers frequencies;
        HWY_DYNAMIC_DISPATCH(interpolate_of_target)(from, to, weight, mixed);
        HWY_DYNAMIC_DISPATCH(frequencies_of_target)(mixed, frequencies);
        for (int i = 0; i < 16; ++i) REQUIRE(mixed.at[i] == from.at[i] + product15(to.at[i] - from.at[i], weight));
        for (int i = 0; i < 15; ++i) REQUIRE(frequencies.at[i] == product15(mixed.at[i], 32768 - 32) + 2 * (15 - i));
        REQUIRE(frequencies.at[15] == 0);
      }
    }
  });
}

TEST_CASE(
    "parts of symbols tile the range, none empty, and a slot leads to its symbol, however sure a distribution is") {
  test::on_every_target([] {
    for (const std::uint64_t kinds : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{16}})
      for (const int visits : {0, 1, 5, 63, 2000}) {
        const Numbers numbers = learned(kinds, visits, kinds);
        Numbers frequencies;
        HWY_DYNAMIC_DISPATCH(frequencies_of_target)(numbers, frequencies);
        std::uint32_t above = 32768;
        for (std::uint32_t symbol = 0; symbol < 16; ++symbol) {
          const SymbolRange range = HWY_DYNAMIC_DISPATCH(range_of_target)(numbers, symbol);
          REQUIRE(range.frequency >= 1);
          REQUIRE(range.start + range.frequency == above);
          for (const std::uint32_t slot : {range.start, range.start + range.frequency - 1})
            REQUIRE(HWY_DYNAMIC_DISPATCH(count_of_target)(frequencies, slot) == symbol);
          above = range.start;
        }
        REQUIRE(above == 0);
      }
  });
}

TEST_CASE("learning makes a symbol likelier, the first visits most, and counts visits up to 63") {
  test::on_every_target([] {
    for (const bool quick : {false, true})
      for (std::uint32_t symbol = 0; symbol < 16; ++symbol) {
        Numbers numbers;
        HWY_DYNAMIC_DISPATCH(start_of_target)(numbers);
        std::uint32_t last = HWY_DYNAMIC_DISPATCH(range_of_target)(numbers, symbol).frequency;
        for (int visit = 0; visit < 100; ++visit) {
          REQUIRE(numbers.at[15] == std::min(visit, 63));
          HWY_DYNAMIC_DISPATCH(learn_of_target)(numbers, quick, symbol);
          const std::uint32_t frequency = HWY_DYNAMIC_DISPATCH(range_of_target)(numbers, symbol).frequency;
          REQUIRE(frequency >= last);
          if (visit == 0) REQUIRE(frequency > 5 * last);
          last = frequency;
        }
        REQUIRE(last > 31000);
      }
  });
}
}  // namespace vqi::detail
#endif  // HWY_ONCE
