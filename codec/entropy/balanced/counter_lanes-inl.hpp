// CounterLanes: the counters that speak on a bit, side by side in vectors (FORMAT.md, "Counters").
//
// For sources that Highway compiles once per SIMD target. It does what counter.hpp does for one counter.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_COUNTER_LANES_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_COUNTER_LANES_INL_HPP
#undef VQI_COUNTER_LANES_INL_HPP
#else
#define VQI_COUNTER_LANES_INL_HPP
#endif

#include <hwy/highway.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "counter.hpp"
#include "map_rows.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// The values of the first `Count` of eight counters.
template <std::size_t Count>
class CounterLanes {
 public:
#if HWY_TARGET == HWY_SCALAR
  template <class CounterPointer>
  HWY_INLINE explicit CounterLanes(const std::array<CounterPointer, 8>& counters) {
    for (std::size_t i = 0; i < Count; ++i) values_[i] = *counters[i];
  }
  /// What the counters say; 0 behind the last one.
  HWY_INLINE void logits(std::int32_t* to) const {
    for (std::size_t i = 0; i < 8; ++i) to[i] = i < Count ? counter_logit(values_[i]) : 0;
  }
  /// Writes to the counters what they are after a bit.
  HWY_INLINE void learn(bool bit, const std::array<Counter*, 8>& counters) const {
    for (std::size_t i = 0; i < Count; ++i) {
      *counters[i] = values_[i];
      update_counter(*counters[i], bit);
    }
  }

 private:
#else
  template <class CounterPointer>
  HWY_INLINE explicit CounterLanes(const std::array<CounterPointer, 8>& counters) {
    for (std::size_t i = 0; i < Count; ++i) values_[i] = *counters[i];
    lanes_ = join(values_);
  }
  /// What the counters say; 0 behind the last one.
  HWY_INLINE void logits(std::int32_t* to) const {
    std::array<std::uint16_t, 8> stretched{};
    for (std::size_t i = 0; i < Count; ++i) stretched[i] = static_cast<std::uint16_t>(stretch(values_[i] >> 4U));
    const auto confidence = hn::BitCast(d_signed, lookup(confidences, seen()));
    // (log odds * 2^3) * (confidence * 2^5) / 2^16, which 16 bits hold.
    const auto said = hn::MulHigh(hn::ShiftLeft<3>(hn::BitCast(d_signed, join(stretched))), confidence);
    const hn::CappedTag<std::int32_t, 8> d_wide;
    if constexpr (hn::MaxLanes(d_wide) == 8) {
      hn::StoreU(hn::PromoteTo(d_wide, said), d_wide, to);
    } else {
      const hn::Rebind<std::int16_t, decltype(d_wide)> d_part;
      alignas(16) std::array<std::int16_t, 8> narrow;
      hn::Store(said, d_signed, narrow.data());
      for (std::size_t i = 0; i < 8; i += hn::Lanes(d_wide))
        hn::StoreU(hn::PromoteTo(d_wide, hn::LoadU(d_part, narrow.data() + i)), d_wide, to + i);
    }
  }
  /// Writes to the counters what they are after a bit.
  HWY_INLINE void learn(bool bit, const std::array<Counter*, 8>& counters) const {
    // With 4095 - p in place of p at a 1, both bits take p down by p * rate / 2^16, rounded up.
    const auto flip = hn::Set(d, static_cast<std::uint16_t>(bit ? 4095 : 0));
    const auto p = hn::Xor(hn::ShiftRight<4>(lanes_), flip);
    const auto rate = lookup(rates, seen());
    const auto is_whole = hn::Eq(hn::Mul(p, rate), hn::Zero(d));
    const auto step = hn::Add(hn::MulHigh(p, rate), hn::IfThenElse(is_whole, hn::Zero(d), hn::Set(d, 1)));
    const auto moved = hn::Xor(hn::Sub(p, step), flip);
    const auto seen_now = hn::Min(hn::Add(seen(), hn::Set(d, 1)), hn::Set(d, 15));
    const auto halves = hn::BitCast(d_halves, hn::Or(hn::ShiftLeft<4>(moved), seen_now));
    const std::uint64_t lower = hn::GetLane(halves);
    const std::uint64_t upper = hn::GetLane(hn::UpperHalf(d_half, halves));
    for (std::size_t i = 0; i < Count; ++i)
      *counters[i] = static_cast<Counter>((i < 4 ? lower : upper) >> (16 * (i % 4)));
  }

 private:
  static constexpr hn::FixedTag<std::uint16_t, 8> d{};
  static constexpr hn::FixedTag<std::int16_t, 8> d_signed{};
  static constexpr hn::FixedTag<std::uint8_t, 16> d_bytes{};
  static constexpr hn::FixedTag<std::uint64_t, 1> d_half{};
  static constexpr hn::FixedTag<std::uint64_t, 2> d_halves{};
  using Vector = hn::Vec<hn::FixedTag<std::uint16_t, 8> >;

  /// Sixteen numbers of 16 bits, their lower bytes and their upper ones.
  struct ByteTables {
    alignas(16) std::array<std::uint8_t, 16> low, high;
  };
  static constexpr ByteTables byte_tables(const std::array<std::int32_t, 16>& values, std::int32_t factor) {
    ByteTables tables{};
    for (std::size_t i = 0; i < 16; ++i) {
      tables.low[i] = static_cast<std::uint8_t>(values[i] * factor & 0xFF);
      tables.high[i] = static_cast<std::uint8_t>(values[i] * factor >> 8);
    }
    return tables;
  }
  static constexpr ByteTables rates = byte_tables(counter_rates, 1);
  static constexpr ByteTables confidences = byte_tables(counter_confidence, 32);

  /// The numbers at the places, each 0 .. 15.
  static HWY_INLINE Vector lookup(const ByteTables& tables, Vector places) {
    const auto low = hn::TableLookupBytesOr0(hn::Load(d_bytes, tables.low.data()),
                                             hn::BitCast(d_bytes, hn::Or(places, hn::Set(d, 0x8000))));
    const auto high = hn::TableLookupBytesOr0(hn::Load(d_bytes, tables.high.data()),
                                              hn::BitCast(d_bytes, hn::Or(hn::ShiftLeft<8>(places), hn::Set(d, 0x80))));
    return hn::BitCast(d, hn::Or(low, high));
  }
  HWY_INLINE Vector seen() const { return hn::And(lanes_, hn::Set(d, 15)); }

  static HWY_INLINE Vector join(const std::array<std::uint16_t, 8>& values) {
    return hn::BitCast(d, hn::Combine(d_halves, hn::Set(d_half, joined(values[4], values[5], values[6], values[7])),
                                      hn::Set(d_half, joined(values[0], values[1], values[2], values[3]))));
  }

  Vector lanes_;
#endif
  std::array<Counter, 8> values_{};
};

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
