// Adaptive distributions of sixteen symbols, their mixture and their update (FORMAT.md, "Distributions").
//
// For sources that Highway compiles once per SIMD target.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_DISTRIBUTION16_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_DISTRIBUTION16_INL_HPP
#undef VQI_DISTRIBUTION16_INL_HPP
#else
#define VQI_DISTRIBUTION16_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "rans_coder.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Sixteen numbers in memory, aligned for SIMD loads.
struct alignas(32) Sixteen {
  std::int16_t numbers[16];
};

/// Numbers 0 .. 14: the probability of a symbol above 0 .. 14, in 1/32768. Number 15: how often the distribution was
/// used, up to visits_max.
using Distribution = Sixteen;

inline constexpr int visits_max = 63;
inline constexpr int least_frequency = 2;

/// All symbols equally likely, and no visits.
inline constexpr Distribution uniform_distribution{
    {30720, 28672, 26624, 24576, 22528, 20480, 18432, 16384, 14336, 12288, 10240, 8192, 6144, 4096, 2048, 0}};

/// What the numbers of a distribution move to when it learns a symbol.
inline constexpr std::array<Sixteen, 16> target_rows = [] {
  std::array<Sixteen, 16> targets{};
  for (std::size_t symbol = 0; symbol < 16; ++symbol)
    for (std::size_t i = 0; i < 16; ++i) targets[symbol].numbers[i] = i < symbol || i == 15 ? 32767 : 0;
  return targets;
}();

/// For each count of visits, the part of the way to their targets that the numbers go, in 2^-16. At first the parts
/// make the numbers means over the visits. Number 15 goes up by 1, until visits_max.
using RateRows = std::array<Sixteen, visits_max + 1>;
constexpr RateRows make_rates(int numerator, int factor, int addend, int least) {
  RateRows rates{};
  for (std::size_t visits = 0; visits < rates.size(); ++visits) {
    const int n = static_cast<int>(visits);
    const int rate = std::clamp(numerator / (factor * n + addend), least, 32767);
    for (int i = 0; i < 15; ++i) rates[visits].numbers[i] = static_cast<std::int16_t>(rate);
    rates[visits].numbers[15] = n < visits_max ? 3 : 0;
  }
  return rates;
}
inline constexpr RateRows slow_rates = make_rates(131072, 2, 3, 1024);
inline constexpr RateRows quick_rates = make_rates(327680, 5, 6, 2730);

/// For each count of visits, the weight of a distribution in a mixture, in 2^-15.
using Trust = std::array<std::int16_t, visits_max + 1>;
constexpr Trust make_trust(int most, int factor, int addend) {
  Trust trust{};
  for (std::size_t visits = 0; visits < trust.size(); ++visits) {
    const int n = static_cast<int>(visits);
    trust[visits] = static_cast<std::int16_t>(most * factor * n / (factor * n + addend));
  }
  return trust;
}
inline constexpr Trust low_trust = make_trust(22938, 1, 10);
inline constexpr Trust high_trust = make_trust(29491, 2, 1);
inline constexpr Trust highest_trust = make_trust(31129, 1, 1);

/// What least_frequency adds to the numbers of a mixture; number 15 becomes 0.
alignas(32) inline constexpr std::array<std::int16_t, 16> least_sums = [] {
  std::array<std::int16_t, 16> sums{};
  for (std::size_t i = 0; i < 15; ++i)
    sums[i] = static_cast<std::int16_t>(least_frequency * (15 - static_cast<int>(i)));
  return sums;
}();
/// What the numbers of a mixture are multiplied by, in 2^-15.
alignas(32) inline constexpr std::array<std::int16_t, 16> mixture_scales = [] {
  std::array<std::int16_t, 16> scales{};
  for (std::size_t i = 0; i < 15; ++i) scales[i] = 32768 - 16 * least_frequency;
  return scales;
}();

/// Sixteen int16 values, in SIMD registers where the target has them.
#if HWY_TARGET == HWY_SCALAR
struct LoadedSixteen {
  std::int16_t at[16];
};

HWY_INLINE LoadedSixteen load(const std::int16_t* from) {
  LoadedSixteen lanes;
  std::copy_n(from, 16, lanes.at);
  return lanes;
}
HWY_INLINE void store(const LoadedSixteen& lanes, std::int16_t* to) { std::copy_n(lanes.at, 16, to); }

HWY_INLINE std::int16_t fixed_product(std::int32_t a, std::int32_t b) {
  return static_cast<std::int16_t>((a * b + (1 << 14)) >> 15);
}

/// from + (to - from) * weight / 2^15, rounded.
HWY_INLINE LoadedSixteen interpolate(const LoadedSixteen& from, const LoadedSixteen& to, std::int16_t weight) {
  LoadedSixteen result;
  for (int i = 0; i < 16; ++i)
    result.at[i] = static_cast<std::int16_t>(from.at[i] + fixed_product(to.at[i] - from.at[i], weight));
  return result;
}

/// Sums of the frequencies above each symbol, none below least_frequency, from a mixture.
HWY_INLINE LoadedSixteen to_frequencies(const LoadedSixteen& mixture) {
  LoadedSixteen result;
  for (std::size_t i = 0; i < 16; ++i)
    result.at[i] = static_cast<std::int16_t>(fixed_product(mixture.at[i], mixture_scales[i]) + least_sums[i]);
  return result;
}

/// How many of the numbers are above `slot`.
HWY_INLINE std::uint32_t count_above(const LoadedSixteen& lanes, std::uint32_t slot) {
  std::uint32_t count = 0;
  for (const std::int16_t lane : lanes.at) count += lane > static_cast<std::int32_t>(slot) ? 1 : 0;
  return count;
}

HWY_INLINE void learn(Distribution& distribution, const RateRows& rates, std::uint32_t symbol) {
  const std::int16_t* const rate = rates[static_cast<std::size_t>(distribution.numbers[15])].numbers;
  for (int i = 0; i < 16; ++i) {
    const std::int32_t way = target_rows[symbol].numbers[i] - distribution.numbers[i];
    distribution.numbers[i] = static_cast<std::int16_t>(distribution.numbers[i] + (way * rate[i] >> 16));
  }
}
#else
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
inline constexpr std::size_t part_lanes = 16;
#else
inline constexpr std::size_t part_lanes = 8;
#endif
inline constexpr std::size_t part_count = 16 / part_lanes;
using Part = hn::FixedTag<std::int16_t, part_lanes>;
struct LoadedSixteen {
  hn::Vec<Part> parts[part_count];
};

HWY_INLINE LoadedSixteen load(const std::int16_t* from) {
  LoadedSixteen lanes;
  for (std::size_t p = 0; p < part_count; ++p) lanes.parts[p] = hn::Load(Part(), from + p * part_lanes);
  return lanes;
}
HWY_INLINE void store(const LoadedSixteen& lanes, std::int16_t* to) {
  for (std::size_t p = 0; p < part_count; ++p) hn::Store(lanes.parts[p], Part(), to + p * part_lanes);
}

/// from + (to - from) * weight / 2^15, rounded.
HWY_INLINE LoadedSixteen interpolate(const LoadedSixteen& from, const LoadedSixteen& to, std::int16_t weight) {
  const auto w = hn::Set(Part(), weight);
  LoadedSixteen result;
  for (std::size_t p = 0; p < part_count; ++p)
    result.parts[p] = hn::Add(from.parts[p], hn::MulFixedPoint15(hn::Sub(to.parts[p], from.parts[p]), w));
  return result;
}

/// Sums of the frequencies above each symbol, none below least_frequency, from a mixture.
HWY_INLINE LoadedSixteen to_frequencies(const LoadedSixteen& mixture) {
  const LoadedSixteen scales = load(mixture_scales.data());
  const LoadedSixteen least = load(least_sums.data());
  LoadedSixteen result;
  for (std::size_t p = 0; p < part_count; ++p)
    result.parts[p] = hn::Add(hn::MulFixedPoint15(mixture.parts[p], scales.parts[p]), least.parts[p]);
  return result;
}

/// How many of the numbers are above `slot`.
HWY_INLINE std::uint32_t count_above(const LoadedSixteen& lanes, std::uint32_t slot) {
  const auto bound = hn::Set(Part(), static_cast<std::int16_t>(slot));
  std::size_t count = 0;
  for (const auto& part : lanes.parts) count += hn::CountTrue(Part(), hn::Gt(part, bound));
  return static_cast<std::uint32_t>(count);
}

HWY_INLINE void learn(Distribution& distribution, const RateRows& rates, std::uint32_t symbol) {
  const LoadedSixteen rate = load(rates[static_cast<std::size_t>(distribution.numbers[15])].numbers);
  const LoadedSixteen target = load(target_rows[symbol].numbers);
  LoadedSixteen lanes = load(distribution.numbers);
  for (std::size_t p = 0; p < part_count; ++p)
    lanes.parts[p] = hn::Add(lanes.parts[p], hn::MulHigh(hn::Sub(target.parts[p], lanes.parts[p]), rate.parts[p]));
  store(lanes, distribution.numbers);
}
#endif

HWY_INLINE std::int16_t trust_in(const Distribution& distribution, const Trust& trust) {
  return trust[static_cast<std::size_t>(distribution.numbers[15])];
}

/// Where the ranges of sixteen symbols begin and end: that of symbol s is sums[16 + s] .. sums[15 + s] - 1.
struct alignas(32) SymbolBounds {
  std::uint16_t sums[32];

  void set(const LoadedSixteen& frequencies) {
    sums[15] = rans::frequency_total;
    store(frequencies, reinterpret_cast<std::int16_t*>(sums + 16));
  }
  [[nodiscard]] SymbolRange range_of(std::uint32_t symbol) const {
    const std::uint32_t start = sums[16 + symbol];
    return {start, sums[15 + symbol] - start};
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
