// Adaptive distributions of sixteen symbols, their mixture and their update, for one SIMD target at a time (FORMAT.md,
// "Distributions"). Included once per target by Highway.
#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "rans_coder.hpp"

#if defined(VQI_DISTRIBUTION16_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_DISTRIBUTION16_INL_HPP
#undef VQI_DISTRIBUTION16_INL_HPP
#else
#define VQI_DISTRIBUTION16_INL_HPP
#endif

HWY_BEFORE_NAMESPACE();
namespace vqi {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Lanes 0 .. 14: the probability of a symbol up to the lane's number, in 1/32768. Lane 15: how often
/// the distribution was used, up to 255.
struct alignas(32) Distribution {
  std::int16_t lanes[16];
};

inline constexpr std::int16_t visits_max = 255;

/// All symbols equally likely, and never used.
inline constexpr Distribution uniform_distribution{
    {2048, 4096, 6144, 8192, 10240, 12288, 14336, 16384, 18432, 20480, 22528, 24576, 26624, 28672, 30720, 0}};

/// Sixteen int16 in registers: two halves of eight, or an array where the target has no vectors.
#if HWY_TARGET == HWY_SCALAR
struct Lanes {
  std::int16_t at[16];
};

HWY_INLINE Lanes load(const std::int16_t* from) {
  Lanes lanes;
  std::copy_n(from, 16, lanes.at);
  return lanes;
}
HWY_INLINE void store(const Lanes& lanes, std::int16_t* to) { std::copy_n(lanes.at, 16, to); }

HWY_INLINE std::int16_t fixed_product(std::int32_t a, std::int32_t b) {
  return static_cast<std::int16_t>((a * b + (1 << 14)) >> 15);
}

/// from + (to - from) * weight / 2^15, rounded.
HWY_INLINE Lanes interpolate(const Lanes& from, const Lanes& to, std::int16_t weight) {
  Lanes result;
  for (int i = 0; i < 16; ++i)
    result.at[i] = static_cast<std::int16_t>(from.at[i] + fixed_product(to.at[i] - from.at[i], weight));
  return result;
}

/// Cumulative frequencies of at least 4 each from a mixture.
HWY_INLINE Lanes to_frequencies(const Lanes& mixture) {
  Lanes result;
  for (int i = 0; i < 16; ++i)
    result.at[i] = static_cast<std::int16_t>(fixed_product(mixture.at[i], 32704) + 4 * (i + 1));
  return result;
}

/// The first of lanes 0 .. 14 above `slot`, or 15.
HWY_INLINE std::uint32_t find_symbol(const Lanes& frequencies, std::uint32_t slot) {
  std::uint32_t symbol = 0;
  while (symbol < 15 && frequencies.at[symbol] <= static_cast<std::int32_t>(slot)) ++symbol;
  return symbol;
}

/// `mixture` with the visits of `distribution` in lane 15.
HWY_INLINE Lanes with_lane15_of(const Lanes& mixture, const std::int16_t* distribution) {
  Lanes result = mixture;
  result.at[15] = distribution[15];
  return result;
}

HWY_INLINE void update(std::int16_t* distribution, std::uint32_t symbol, int rate) {
  for (std::uint32_t i = 0; i < 15; ++i) {
    const std::int32_t target = i >= symbol ? 32767 : 0;
    distribution[i] = static_cast<std::int16_t>(distribution[i] + ((target - distribution[i]) >> rate));
  }
  if (distribution[15] < visits_max) ++distribution[15];
}
#else
using Half = hn::FixedTag<std::int16_t, 8>;
struct Lanes {
  hn::Vec<Half> low;
  hn::Vec<Half> high;
};

/// Rows of constants for 0 .. 15: what lanes move to at a symbol.
struct alignas(32) TargetRows {
  std::int16_t rows[16][16];
};
inline constexpr TargetRows target_rows = [] {
  TargetRows targets{};
  for (int symbol = 0; symbol < 16; ++symbol)
    for (int i = 0; i < 15; ++i) targets.rows[symbol][i] = i >= symbol ? 32767 : 0;
  return targets;
}();
alignas(32) inline constexpr std::int16_t least_frequencies[16] = {4,  8,  12, 16, 20, 24, 28, 32,
                                                                   36, 40, 44, 48, 52, 56, 60, 0};
alignas(16) inline constexpr std::int16_t only_lane15[8] = {0, 0, 0, 0, 0, 0, 0, -1};
alignas(16) inline constexpr std::int16_t one_visit[2][8] = {{0, 0, 0, 0, 0, 0, 0, 1}, {0, 0, 0, 0, 0, 0, 0, 0}};

HWY_INLINE Lanes load(const std::int16_t* from) { return {hn::Load(Half(), from), hn::Load(Half(), from + 8)}; }
HWY_INLINE void store(const Lanes& lanes, std::int16_t* to) {
  hn::Store(lanes.low, Half(), to);
  hn::Store(lanes.high, Half(), to + 8);
}

/// from + (to - from) * weight / 2^15, rounded.
HWY_INLINE Lanes interpolate(const Lanes& from, const Lanes& to, std::int16_t weight) {
  const auto w = hn::Set(Half(), weight);
  return {hn::Add(from.low, hn::MulFixedPoint15(hn::Sub(to.low, from.low), w)),
          hn::Add(from.high, hn::MulFixedPoint15(hn::Sub(to.high, from.high), w))};
}

/// Cumulative frequencies of at least 4 each from a mixture.
HWY_INLINE Lanes to_frequencies(const Lanes& mixture) {
  const auto scale = hn::Set(Half(), 32704);
  return {hn::Add(hn::MulFixedPoint15(mixture.low, scale), hn::Load(Half(), least_frequencies)),
          hn::Add(hn::MulFixedPoint15(mixture.high, scale), hn::Load(Half(), least_frequencies + 8))};
}

/// The first of lanes 0 .. 14 above `slot`, or 15.
HWY_INLINE std::uint32_t find_symbol(const Lanes& frequencies, std::uint32_t slot) {
  const auto wanted = hn::Set(Half(), static_cast<std::int16_t>(slot));
  // Lane 15 counts as above: there the wanted number is made negative, and lanes never are.
  const auto wanted_high = hn::Or(wanted, hn::Load(Half(), only_lane15));
  return 16U - static_cast<std::uint32_t>(hn::CountTrue(Half(), hn::Gt(frequencies.low, wanted)) +
                                          hn::CountTrue(Half(), hn::Gt(frequencies.high, wanted_high)));
}

/// `mixture` with the visits of `distribution` in lane 15.
HWY_INLINE Lanes with_lane15_of(const Lanes& mixture, const std::int16_t* distribution) {
  const auto lane15 = hn::Load(Half(), only_lane15);
  return {mixture.low, hn::Or(hn::AndNot(lane15, mixture.high), hn::And(lane15, hn::Load(Half(), distribution + 8)))};
}

HWY_INLINE void update(std::int16_t* distribution, std::uint32_t symbol, int rate) {
  const Lanes lanes = load(distribution);
  const Lanes targets = load(target_rows.rows[symbol]);
  const auto lane15 = hn::Load(Half(), only_lane15);
  const auto visit = hn::Load(Half(), one_visit[distribution[15] < visits_max ? 0 : 1]);
  const auto high = hn::AndNot(lane15, hn::ShiftRightSame(hn::Sub(targets.high, lanes.high), rate));
  store({hn::Add(lanes.low, hn::ShiftRightSame(hn::Sub(targets.low, lanes.low), rate)),
         hn::Add(hn::Add(lanes.high, high), visit)},
        distribution);
}
#endif

/// The part of `symbol` in cumulative lanes.
HWY_INLINE SymbolRange range_of(const std::int16_t* cumulative, std::uint32_t symbol) {
  const std::uint32_t start = symbol == 0 ? 0 : static_cast<std::uint32_t>(cumulative[symbol - 1]);
  const std::uint32_t end = symbol == 15 ? rans::frequency_total : static_cast<std::uint32_t>(cumulative[symbol]);
  return {start, end - start};
}

/// How fast a kind of context learns, and how far it is trusted before anything is known of it.
struct ContextKind {
  int rate_min;
  int rate_max;
  std::int32_t half_trust;  ///< visits at which the first weight is half of its greatest
};

/// The shift of an update: fast at first, as an average over the visits would be.
HWY_INLINE int rate_of(const ContextKind& kind, std::int16_t visits) {
  const int averaging = static_cast<int>(std::bit_width(static_cast<std::uint32_t>(visits) + 1U));
  return std::clamp(averaging, kind.rate_min, kind.rate_max);
}

/// Classes of visits, finer where they are few.
inline constexpr std::size_t visit_classes = 16;
HWY_INLINE std::size_t visit_class(std::int16_t visits) {
  const auto n = static_cast<std::size_t>(visits);
  return n < 4 ? n : n < 16 ? 3 + n / 4 : std::min<std::size_t>(15, 7 + n / 16);
}

/// Weights of contexts in a mixture, one for each kind of context and class of visits, learned as the
/// posterior probability that the context knew better than the mixture so far.
class MixtureWeights {
 public:
  static constexpr std::size_t kinds_max = 4;

  void reset(std::size_t kind, const ContextKind& context) {
    for (std::size_t c = 0; c < visit_classes; ++c) {
      const std::size_t least_visits = c < 4 ? c : c < 8 ? 4 * (c - 3) : 16 * (c - 7);
      const auto n = static_cast<std::int32_t>(least_visits);
      weights_[kind][c] = std::clamp((24576 * n / (n + context.half_trust)) << 8, weight_min, weight_max);
    }
  }
  [[nodiscard]] std::int16_t get(std::size_t kind, std::int16_t visits) const {
    return static_cast<std::int16_t>(weights_[kind][visit_class(visits)] >> 8);
  }
  /// The symbol had frequency `context` in the context's distribution and `before` in the mixture so far.
  void learn(std::size_t kind, std::int16_t visits, std::uint32_t context, std::uint32_t before) {
    std::int32_t& weight = weights_[kind][visit_class(visits)];
    const auto w = static_cast<std::uint32_t>(weight >> 8);
    const std::uint64_t ours = std::uint64_t{w} * context;
    const std::uint64_t all = ours + std::uint64_t{32768U - w} * before;
    const auto posterior = static_cast<std::int32_t>((ours << 15) / all);
    weight = std::clamp(weight + (((posterior << 8) - weight) >> 6), weight_min, weight_max);
  }

 private:
  static constexpr std::int32_t weight_min = 1 << 16;
  static constexpr std::int32_t weight_max = 127 << 16;
  std::int32_t weights_[kinds_max][visit_classes] = {};  // in 2^-23
};

}  // namespace HWY_NAMESPACE
}  // namespace vqi
HWY_AFTER_NAMESPACE();
#endif
