// Kernels of logistic mixing, for sources that Highway compiles once per SIMD target (FORMAT.md, "Mixing").
//
// All is int32 arithmetic without overflow, so every target gives the same sums in whatever order.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_MIXER_KERNELS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_MIXER_KERNELS_INL_HPP
#undef VQI_MIXER_KERNELS_INL_HPP
#else
#define VQI_MIXER_KERNELS_INL_HPP
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Weights are in 1/65536 and stay within +-weight_limit.
inline constexpr std::int32_t weight_limit = (1 << 18) - 1;

/// The inputs' sum, weighted by the sums of two rows of weights. Count is a multiple of 8.
template <std::size_t Count>
HWY_INLINE std::int32_t mix_inputs(const std::int32_t* HWY_RESTRICT inputs, const std::int32_t* HWY_RESTRICT first,
                                   const std::int32_t* HWY_RESTRICT second) {
  const hn::CappedTag<std::int32_t, 8> d;
  auto sum = hn::Zero(d);
  for (std::size_t i = 0; i < Count; i += hn::Lanes(d)) {
    const auto weights = hn::ShiftRight<8>(hn::Add(hn::LoadU(d, first + i), hn::LoadU(d, second + i)));
    sum = hn::Add(sum, hn::Mul(hn::LoadU(d, inputs + i), weights));
  }
  return hn::GetLane(hn::SumOfLanes(d, sum)) >> 8;
}

/// Moves both rows by inputs * step / 2^14, rounded.
template <std::size_t Count>
HWY_INLINE void train_weights(const std::int32_t* HWY_RESTRICT inputs, std::int32_t step,
                              std::int32_t* HWY_RESTRICT first, std::int32_t* HWY_RESTRICT second) {
  const hn::CappedTag<std::int32_t, 8> d;
  const auto limit = hn::Set(d, weight_limit);
  const auto least = hn::Set(d, -weight_limit);
  const auto half = hn::Set(d, 1 << 13);
  const auto steps = hn::Set(d, step);
  for (std::size_t i = 0; i < Count; i += hn::Lanes(d)) {
    const auto moved = hn::ShiftRight<14>(hn::Add(hn::Mul(hn::LoadU(d, inputs + i), steps), half));
    hn::StoreU(hn::Clamp(hn::Add(hn::LoadU(d, first + i), moved), least, limit), d, first + i);
    hn::StoreU(hn::Clamp(hn::Add(hn::LoadU(d, second + i), moved), least, limit), d, second + i);
  }
}

/// The same with one row of weights.
template <std::size_t Count>
HWY_INLINE std::int32_t mix_inputs(const std::int32_t* HWY_RESTRICT inputs, const std::int32_t* HWY_RESTRICT row) {
  const hn::CappedTag<std::int32_t, Count % 16 == 0 ? 16 : 8> d;
  auto sum = hn::Zero(d);
  for (std::size_t i = 0; i < Count; i += hn::Lanes(d))
    sum = hn::Add(sum, hn::Mul(hn::LoadU(d, inputs + i), hn::ShiftRight<8>(hn::LoadU(d, row + i))));
  return hn::GetLane(hn::SumOfLanes(d, sum)) >> 8;
}

template <std::size_t Count>
HWY_INLINE void train_weights(const std::int32_t* HWY_RESTRICT inputs, std::int32_t step,
                              std::int32_t* HWY_RESTRICT row) {
  const hn::CappedTag<std::int32_t, Count % 16 == 0 ? 16 : 8> d;
  const auto limit = hn::Set(d, weight_limit);
  const auto least = hn::Set(d, -weight_limit);
  const auto half = hn::Set(d, 1 << 13);
  const auto steps = hn::Set(d, step);
  for (std::size_t i = 0; i < Count; i += hn::Lanes(d)) {
    const auto moved = hn::ShiftRight<14>(hn::Add(hn::Mul(hn::LoadU(d, inputs + i), steps), half));
    hn::StoreU(hn::Clamp(hn::Add(hn::LoadU(d, row + i), moved), least, limit), d, row + i);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
