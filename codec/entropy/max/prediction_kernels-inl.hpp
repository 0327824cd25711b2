// Kernels of adaptive prediction and of densities (FORMAT.md, "Adaptive prediction" and "Density").
//
// For sources that Highway compiles once per SIMD target.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_PREDICTION_KERNELS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_PREDICTION_KERNELS_INL_HPP
#undef VQI_PREDICTION_KERNELS_INL_HPP
#else
#define VQI_PREDICTION_KERNELS_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "adaptive_prediction.hpp"
#include "codeword_density.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// The prediction: `base` plus the weighted differences of the neighbours from it.
HWY_INLINE Point predict_adaptively(AdaptivePrediction& adaptive, const AdaptivePrediction::Neighbours& neighbours,
                                    const Point& base) {
  const hn::CappedTag<std::int32_t, point_dimension_max> d4;
  auto squares = hn::Zero(d4);
  for (std::size_t i = 0; i < neighbours.size(); ++i) {
    for (std::size_t c = 0; c < point_dimension_max; c += hn::Lanes(d4)) {
      const auto difference = hn::Sub(hn::LoadU(d4, neighbours[i]->data() + c), hn::LoadU(d4, base.data() + c));
      squares = hn::Add(squares, hn::Mul(difference, difference));
      hn::StoreU(difference, d4, adaptive.differences.data() + point_dimension_max * i + c);
    }
  }
  adaptive.norm = hn::GetLane(hn::SumOfLanes(d4, squares));
  const hn::CappedTag<std::int32_t, 16> d;
  Point predicted{};
  for (std::size_t c = 0; c < adaptive.coordinates; ++c) {
    auto sum = hn::Zero(d);
    for (std::size_t i = 0; i < AdaptivePrediction::count; i += hn::Lanes(d))
      sum = hn::Add(sum, hn::Mul(hn::LoadU(d, adaptive.differences.data() + i),
                                 hn::ShiftRight<8>(hn::LoadU(d, adaptive.weights[c].data() + i))));
    predicted[c] = std::clamp(base[c] + (hn::GetLane(hn::SumOfLanes(d, sum)) >> 12), 0, coordinate_max);
  }
  adaptive.predicted = predicted;
  return predicted;
}

/// Moves the weights towards weights that predict `actual`.
HWY_INLINE void update_prediction(AdaptivePrediction& adaptive, const Point& actual) {
  const hn::CappedTag<std::int32_t, 16> d;
  const auto limit = hn::Set(d, AdaptivePrediction::weight_limit);
  const auto least = hn::Set(d, -AdaptivePrediction::weight_limit);
  for (std::size_t c = 0; c < adaptive.coordinates; ++c) {
    const auto step = hn::Set(d, adaptive.step(actual[c] - adaptive.predicted[c]));
    for (std::size_t i = 0; i < AdaptivePrediction::count; i += hn::Lanes(d)) {
      const auto moved = hn::ShiftRight<12>(hn::Mul(hn::LoadU(d, adaptive.differences.data() + i), step));
      const auto weights = hn::Add(hn::LoadU(d, adaptive.weights[c].data() + i), moved);
      hn::StoreU(hn::Clamp(weights, least, limit), d, adaptive.weights[c].data() + i);
    }
  }
}

/// Weighs each codeword by its distance from the point that `state` predicts, and sums the weights up the tree.
HWY_INLINE void weigh_codewords(const CodewordDensity& density, DensityState& state) {
  const std::size_t leaves = density.leaves();
  if (leaves == 0) return;
  const hn::CappedTag<std::int32_t, CodewordDensity::lanes_max> d;
  const Point inverse = state.inverse_scales();
  const Point& predicted = state.predicted();
  std::int32_t* const sums = state.sums();
  for (std::size_t i = 0; i < leaves; i += hn::Lanes(d)) {
    auto total = hn::Zero(d);
    auto greatest = hn::Zero(d);
    for (std::size_t a = 0; a < point_dimension_max; ++a) {
      const auto difference = hn::Abs(hn::Sub(hn::LoadU(d, density.on_axis(a) + i), hn::Set(d, predicted[a])));
      const auto distance = hn::ShiftRight<14>(hn::Mul(difference, hn::Set(d, inverse[a])));
      total = hn::Add(total, distance);
      greatest = hn::Max(greatest, distance);
    }
    const auto distance =
        hn::Min(hn::ShiftRight<1>(hn::Add(total, greatest)), hn::Set(d, CodewordDensity::distance_max));
    const auto weights = hn::GatherIndex(d, density.weights(), distance);
    hn::StoreU(hn::And(weights, hn::LoadU(d, density.present() + i)), d, sums + leaves + i);
  }
  // A level of the tree is summed in whole vectors as long as it fills them.
  std::size_t level = leaves / 2;
  for (; level >= hn::Lanes(d); level /= 2)
    for (std::size_t i = level; i < 2 * level; i += hn::Lanes(d)) {
      hn::Vec<decltype(d)> zeros;
      hn::Vec<decltype(d)> ones;
      hn::LoadInterleaved2(d, sums + 2 * i, zeros, ones);
      hn::StoreU(hn::Add(zeros, ones), d, sums + i);
    }
  for (std::size_t i = 2 * level - 1; level > 0 && i > 0; --i)
    sums[i] = static_cast<std::int32_t>(static_cast<std::uint32_t>(sums[2 * i]) +
                                        static_cast<std::uint32_t>(sums[2 * i + 1]));
}

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
