// exp and log over SIMD lanes, in the steps of portable_math.hpp. Included once for each SIMD target.
#if defined(VQI_MIXTURE_PORTABLE_MATH_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_MIXTURE_PORTABLE_MATH_INL_HPP
#undef VQI_MIXTURE_PORTABLE_MATH_INL_HPP
#else
#define VQI_MIXTURE_PORTABLE_MATH_INL_HPP
#endif

#include <hwy/highway.h>

#include "portable_math.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::cluster::detail {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// e^x for |x| <= 700.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V exp_of(D d, V x) {
  const hn::RebindToUnsigned<D> du;
  const V rounder = hn::Set(d, integer_rounder);
  const V shifted = hn::Add(hn::Mul(x, hn::Set(d, log2_of_e)), rounder);
  const V n = hn::Sub(shifted, rounder);
  const V r = hn::Sub(hn::Sub(x, hn::Mul(n, hn::Set(d, ln2_high))), hn::Mul(n, hn::Set(d, ln2_low)));
  V sum = hn::Zero(d);
  for (const double coefficient : exp_coefficients) sum = hn::Add(hn::Mul(sum, r), hn::Set(d, coefficient));
  return hn::BitCast(d, hn::Add(hn::BitCast(du, sum), hn::ShiftLeft<52>(hn::BitCast(du, shifted))));
}

/// ln x for normal x > 0.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V log_of(D d, V x) {
  const hn::RebindToUnsigned<D> du;
  const auto moved = hn::Add(hn::BitCast(du, x), hn::Set(du, bits_of_one - bits_of_root_half));
  const V e = hn::Sub(hn::BitCast(d, hn::Or(hn::ShiftRight<52>(moved), hn::Set(du, bits_of_two_52))),
                      hn::Set(d, two_52_and_bias));
  const V m = hn::BitCast(d, hn::Add(hn::And(moved, hn::Set(du, mantissa_mask)), hn::Set(du, bits_of_root_half)));
  const V one = hn::Set(d, 1.0);
  const V s = hn::Div(hn::Sub(m, one), hn::Add(m, one));
  const V z = hn::Mul(s, s);
  V sum = hn::Zero(d);
  for (const double coefficient : log_coefficients) sum = hn::Add(hn::Mul(sum, z), hn::Set(d, coefficient));
  return hn::Add(hn::Mul(e, hn::Set(d, ln2_high)),
                 hn::Add(hn::Mul(e, hn::Set(d, ln2_low)), hn::Mul(hn::Add(s, s), sum)));
}

}  // namespace HWY_NAMESPACE
}  // namespace vqi::cluster::detail
HWY_AFTER_NAMESPACE();

#endif
