// Narrow and Wide: the SIMD operations of nearest-codeword search in its two number formats.
//
// Narrow scores are sums of int16 products, added in pairs (`vpmaddwd`); wide scores are sums of doubles. Both are
// exact integers, so the order of summation does not matter.

// Highway includes this file once for each SIMD target, so the guard toggles.
#if defined(VQI_SCORE_FORMATS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_SCORE_FORMATS_INL_HPP
#undef VQI_SCORE_FORMATS_INL_HPP
#else
#define VQI_SCORE_FORMATS_INL_HPP
#endif

#include <hwy/highway.h>

#include <cstdint>

#include "vector_set.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Coordinates as int16 pairs, scores as int32.
struct Narrow {
  using Word = std::int32_t;
  using TileWord = std::int32_t;
  using D = hn::CappedTag<std::int32_t, tile_vectors>;
#if HWY_TARGET != HWY_SCALAR
  using D16 = hn::Repartition<std::int16_t, D>;
#endif
  using V = hn::Vec<D>;
  static constexpr D d{};

  static HWY_INLINE V highest() { return hn::Set(d, hwy::HighestValue<Word>()); }
  static HWY_INLINE V load_tile(const TileWord* at) { return hn::LoadU(d, at); }
#if HWY_TARGET == HWY_SCALAR
  // Highway's scalar target has one lane and cannot treat an int32 as two int16.
  static HWY_INLINE std::int32_t low_of(V v) { return static_cast<std::int16_t>(hn::GetLane(v) & 0xFFFF); }
  static HWY_INLINE std::int32_t high_of(V v) { return hn::GetLane(v) >> 16; }
  static HWY_INLINE V pair(std::int32_t low, std::int32_t high) {
    return hn::Set(d, static_cast<std::int32_t>((static_cast<std::uint32_t>(low) & 0xFFFFU) |
                                                static_cast<std::uint32_t>(high) << 16));
  }
  static HWY_INLINE V multiply_add(V x, V c, V sum) {
    return hn::Set(d, hn::GetLane(sum) + low_of(x) * low_of(c) + high_of(x) * high_of(c));
  }
  static HWY_INLINE V subtract(V a, V b) { return pair(low_of(a) - low_of(b), high_of(a) - high_of(b)); }
  static HWY_INLINE V min(V a, V b) { return pair(HWY_MIN(low_of(a), low_of(b)), HWY_MIN(high_of(a), high_of(b))); }
  static HWY_INLINE V max(V a, V b) { return pair(HWY_MAX(low_of(a), low_of(b)), HWY_MAX(high_of(a), high_of(b))); }
  static HWY_INLINE V corner(V delta, V low, V high) {
    return pair(low_of(delta) > 0 ? low_of(high) : low_of(low), high_of(delta) > 0 ? high_of(high) : high_of(low));
  }
  static HWY_INLINE V centre(V low, V high) {
    return pair((low_of(low) >> 1) + (low_of(high) >> 1), (high_of(low) >> 1) + (high_of(high) >> 1));
  }
#else
  static HWY_INLINE V multiply_add(V x, V c, V sum) {
    // `sum` comes last: some targets keep both halves of the products apart until they are rearranged.
    V odd = hn::Zero(d);
    const V even = hn::ReorderWidenMulAccumulate(d, hn::BitCast(D16{}, x), hn::BitCast(D16{}, c), hn::Zero(d), odd);
    return hn::Add(sum, hn::RearrangeToOddPlusEven(even, odd));
  }
  static HWY_INLINE V subtract(V a, V b) {
    return hn::BitCast(d, hn::Sub(hn::BitCast(D16{}, a), hn::BitCast(D16{}, b)));
  }
  static HWY_INLINE V min(V a, V b) { return hn::BitCast(d, hn::Min(hn::BitCast(D16{}, a), hn::BitCast(D16{}, b))); }
  static HWY_INLINE V max(V a, V b) { return hn::BitCast(d, hn::Max(hn::BitCast(D16{}, a), hn::BitCast(D16{}, b))); }
  /// For each coordinate: `high` if delta > 0, else `low`.
  static HWY_INLINE V corner(V delta, V low, V high) {
    const D16 d16;
    const auto rises = hn::Gt(hn::BitCast(d16, delta), hn::Zero(d16));
    return hn::BitCast(d, hn::IfThenElse(rises, hn::BitCast(d16, high), hn::BitCast(d16, low)));
  }
  static HWY_INLINE V centre(V low, V high) {
    const D16 d16;
    return hn::BitCast(d, hn::Add(hn::ShiftRight<1>(hn::BitCast(d16, low)), hn::ShiftRight<1>(hn::BitCast(d16, high))));
  }
#endif
  static HWY_INLINE void store_indices(V indices, std::uint16_t* at) {
    hn::StoreU(hn::DemoteTo(hn::Rebind<std::uint16_t, D>{}, indices), hn::Rebind<std::uint16_t, D>{}, at);
  }
};

#if HWY_HAVE_FLOAT64
/// Coordinates and scores as doubles that hold integers below 2^53.
struct Wide {
  using Word = double;
  using TileWord = float;
  using D = hn::CappedTag<double, tile_vectors>;
  using V = hn::Vec<D>;
  static constexpr D d{};

  static HWY_INLINE V highest() { return hn::Set(d, hwy::HighestValue<Word>()); }
  static HWY_INLINE V load_tile(const TileWord* at) {
    const hn::Rebind<float, D> d32;
    return hn::PromoteTo(d, hn::LoadU(d32, at));
  }
  static HWY_INLINE V multiply_add(V x, V c, V sum) { return hn::Add(hn::Mul(x, c), sum); }
  static HWY_INLINE V subtract(V a, V b) { return hn::Sub(a, b); }
  static HWY_INLINE V min(V a, V b) { return hn::Min(a, b); }
  static HWY_INLINE V max(V a, V b) { return hn::Max(a, b); }
  static HWY_INLINE V corner(V delta, V low, V high) { return hn::IfThenElse(hn::Gt(delta, hn::Zero(d)), high, low); }
  static HWY_INLINE V centre(V low, V high) {
    // Rounded, as products must stay integers.
    return hn::Floor(hn::Mul(hn::Add(low, high), hn::Set(d, 0.5)));
  }
  static HWY_INLINE void store_indices(V indices, std::uint16_t* at) {
    const hn::Rebind<std::int32_t, D> d32;
    const hn::Rebind<std::uint16_t, D> d16;
    hn::StoreU(hn::DemoteTo(d16, hn::DemoteTo(d32, indices)), d16, at);
  }
};
#endif

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
