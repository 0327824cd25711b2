// CounterVectors: what counters in the lanes of a vector say, and how they learn (FORMAT.md, "Four rows side by side").
//
// For sources that Highway compiles once per SIMD target. All arithmetic is on integers, but for the exact conversion
// of 13 bits to float, whose bits are a logarithm.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_COUNTER_VECTORS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_COUNTER_VECTORS_INL_HPP
#undef VQI_COUNTER_VECTORS_INL_HPP
#else
#define VQI_COUNTER_VECTORS_INL_HPP
#endif

#include <hwy/highway.h>

#include <array>
#include <cstdint>

#include "side_by_side_bit.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET != HWY_SCALAR
/// With the tag of vectors of counters, of 128 bits or a multiple of it.
template <class D>
class CounterVectors {
  static constexpr D d{};
  static constexpr hn::RebindToSigned<D> d_signed{};
  static constexpr hn::Repartition<std::uint8_t, D> d_bytes{};
  static constexpr hn::Repartition<std::int32_t, D> d_sums{};

 public:
  using Vector = hn::Vec<D>;
  using SignedVector = hn::Vec<hn::RebindToSigned<D> >;
  using Sums = hn::Vec<hn::Repartition<std::int32_t, D> >;

  /// counter_input of each counter.
  static HWY_INLINE SignedVector inputs_of(Vector values) {
    const auto twice = hn::Or(hn::ShiftLeft<1>(hn::ShiftRight<4>(values)), hn::Set(d, 1));
    const auto rest = hn::Sub(hn::Set(d, 8192), twice);
    const auto zero = hn::Zero(d);
    const auto low = octaves(hn::InterleaveLower(d, twice, zero), hn::InterleaveLower(d, rest, zero));
    const auto high = octaves(hn::InterleaveUpper(d, twice, zero), hn::InterleaveUpper(d, rest, zero));
    return hn::MulHigh(hn::ReorderDemote2To(d_signed, low, high),
                       hn::BitCast(d_signed, looked_up(counter_bytes.trust, seen(values))));
  }

  /// learned_counter of each counter: of the bit 1 where `ones` has all bits set, of the bit 0 where it has none.
  static HWY_INLINE Vector learned(Vector values, Vector ones) {
    const auto upper = hn::Set(d, 0xFFF0);
    const auto flip = hn::And(ones, upper);
    const auto saw = seen(values);
    const auto way = hn::And(hn::Xor(values, flip), upper);
    const auto left = hn::Sub(way, hn::MulHigh(way, looked_up(counter_bytes.speeds, saw)));
    const auto moved = hn::And(hn::SaturatedSub(left, hn::Set(d, 1)), upper);
    return hn::Or(hn::Xor(moved, flip), hn::ShiftRight<8>(looked_up(counter_bytes.next_seen, saw)));
  }

 private:
  static HWY_INLINE Vector seen(Vector values) { return hn::And(values, hn::Set(d, 15)); }
  /// The table's bytes at `places` in the upper bytes of the result.
  static HWY_INLINE Vector looked_up(const std::array<std::uint8_t, 16>& table, Vector places) {
    return hn::ShiftLeft<8>(
        hn::BitCast(d, hn::TableLookupBytes(hn::LoadDup128(d_bytes, table.data()), hn::BitCast(d_bytes, places))));
  }

  /// log2(a / b) in 1/1024, from the bits of floats, for numbers of 32 bits.
  static HWY_INLINE Sums octaves(Vector a, Vector b) {
    const hn::Repartition<float, D> d_float;
    const auto bits_of = [&](Vector v) { return hn::BitCast(d_sums, hn::ConvertTo(d_float, hn::BitCast(d_sums, v))); };
    return hn::ShiftRight<13>(hn::Sub(bits_of(a), bits_of(b)));
  }
};
#endif

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
