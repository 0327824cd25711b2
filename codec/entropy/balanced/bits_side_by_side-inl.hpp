// BitsSideBySide: mixes the counters of a bit in each of four rows, and lets them learn (FORMAT.md, "Four rows side by
// side").
//
// For sources that Highway compiles once per SIMD target.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_BITS_SIDE_BY_SIDE_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_BITS_SIDE_BY_SIDE_INL_HPP
#undef VQI_BITS_SIDE_BY_SIDE_INL_HPP
#else
#define VQI_BITS_SIDE_BY_SIDE_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "counter.hpp"
#include "counter_vectors-inl.hpp"
#include "index_model.hpp"
#include "logistic.hpp"
#include "side_by_side_bit.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// The first `count` of some bits: `predict` reads their counters and weights, `learn` changes them, from the first on.
/// The pointers of all four must be valid.
#if HWY_TARGET == HWY_SCALAR
class BitsSideBySide {
 public:
  HWY_INLINE void predict(std::array<RowBit, rows_side_by_side>& bits, std::size_t count) {
    for (std::size_t row = 0; row < count; ++row) {
      std::int32_t sum = 0;
      for (std::size_t i = 0; i < 8; ++i) {
        values_[row][i] = *bits[row].counters[i];
        inputs_[row][i] = counter_input(values_[row][i]);
        sum += inputs_[row][i] * (bits[row].first_weights[i] + bits[row].second_weights[i]);
      }
      bits[row].probability = squash(clamp_logit(sum >> weight_bits));
    }
  }
  HWY_INLINE void learn(const std::array<RowBit, rows_side_by_side>& bits, std::size_t count, std::int32_t rate) {
    for (std::size_t row = 0; row < count; ++row) {
      const std::int32_t step = step_of(bits[row], rate);
      for (std::int16_t* const weights : {bits[row].first_weights, bits[row].second_weights})
        for (std::size_t i = 0; i < 8; ++i)
          weights[i] = static_cast<std::int16_t>(
              std::clamp(weights[i] + ((inputs_[row][i] * step + (1 << 14)) >> 15), -32768, 32767));
      for (std::size_t i = 0; i < 8; ++i) {
        *bits[row].counters[i] = learned_counter(values_[row][i], bits[row].value);
      }
    }
  }

 private:
  std::array<std::array<Counter, 8>, rows_side_by_side> values_;
  std::array<std::array<std::int32_t, 8>, rows_side_by_side> inputs_;
};
#else
/// With the tag of vectors of one or two rows of eight.
template <class D>
class VectorsSideBySide {
  static constexpr D d{};
  static constexpr hn::RebindToSigned<D> d_signed{};
  static constexpr hn::Repartition<std::int32_t, D> d_sums{};
  static constexpr hn::FixedTag<std::uint16_t, 8> d_row{};
  static constexpr hn::FixedTag<std::int16_t, 8> d_row_signed{};
  static constexpr hn::FixedTag<std::int32_t, 4> d_row_sums{};
  using Counters = CounterVectors<D>;
  using Vector = typename Counters::Vector;
  using SignedVector = typename Counters::SignedVector;
  using Sums = typename Counters::Sums;
  /// Rows in a vector.
  static constexpr std::size_t at_once = hn::MaxLanes(D()) / 8;

 public:
  HWY_INLINE void predict(std::array<RowBit, rows_side_by_side>& bits, std::size_t count) {
    for (std::size_t row = 0; row < count; row += at_once) {
      const Vector values = of_rows(d, &bits[row], [](const RowBit& bit) { return load_counters(bit); });
      const SignedVector inputs = Counters::inputs_of(values);
      hn::Store(values, d, values_.data() + 8 * row);
      hn::Store(inputs, d_signed, inputs_.data() + 8 * row);
      const auto weights = [&](std::int16_t* RowBit::*member) {
        return of_rows(d_signed, &bits[row], [&](const RowBit& bit) { return hn::Load(d_row_signed, bit.*member); });
      };
      auto more = hn::Zero(d_sums);
      auto sums = hn::ReorderWidenMulAccumulate(d_sums, inputs, weights(&RowBit::first_weights), more, more);
      sums = hn::ReorderWidenMulAccumulate(d_sums, inputs, weights(&RowBit::second_weights), sums, more);
      set_probabilities(hn::Add(sums, more), &bits[row]);
    }
  }

  HWY_INLINE void learn(const std::array<RowBit, rows_side_by_side>& bits, std::size_t count, std::int32_t rate) {
    for (std::size_t row = 0; row < count; row += at_once) {
      const auto ones = of_rows(d, &bits[row], [](const RowBit& bit) {
        return hn::Set(d_row, static_cast<std::uint16_t>(bit.value ? 0xFFFF : 0));
      });
      const Vector values = Counters::learned(hn::Load(d, values_.data() + 8 * row), ones);
      const auto steps = of_rows(d_signed, &bits[row], [&](const RowBit& bit) {
        return hn::Set(d_row_signed, static_cast<std::int16_t>(step_of(bit, rate)));
      });
      const SignedVector moves = hn::MulFixedPoint15(hn::Load(d_signed, inputs_.data() + 8 * row), steps);
      if constexpr (at_once == 2) {
        store_row(bits[row], hn::LowerHalf(d_row, values), hn::LowerHalf(d_row_signed, moves));
        if (row + 1 < count) store_row(bits[row + 1], hn::UpperHalf(d_row, values), hn::UpperHalf(d_row_signed, moves));
      } else {
        store_row(bits[row], values, moves);
      }
    }
  }

 private:
  /// A vector from what `of_row` gives for each of its rows.
  template <class All, class OfRow>
  static HWY_INLINE hn::Vec<All> of_rows(All d_all, const RowBit* bits, const OfRow& of_row) {
    if constexpr (at_once == 2)
      return hn::Combine(d_all, of_row(bits[1]), of_row(bits[0]));
    else
      return of_row(bits[0]);
  }

  static HWY_INLINE hn::Vec<hn::FixedTag<std::uint16_t, 8> > load_counters(const RowBit& bit) {
    const auto& at = bit.counters;
    auto values = hn::Set(d_row, *at[0]);
    values = hn::InsertLane(values, 1, *at[1]);
    values = hn::InsertLane(values, 2, *at[2]);
    values = hn::InsertLane(values, 3, *at[3]);
    values = hn::InsertLane(values, 4, *at[4]);
    values = hn::InsertLane(values, 5, *at[5]);
    values = hn::InsertLane(values, 6, *at[6]);
    return hn::InsertLane(values, 7, *at[7]);
  }

  static HWY_INLINE void set_probabilities(Sums sums, RowBit* bits) {
    const auto probability = [](auto sums_of_row) {
      const std::int32_t sum = hn::GetLane(hn::SumOfLanes(d_row_sums, sums_of_row));
      return squash(clamp_logit(sum >> weight_bits));
    };
    if constexpr (at_once == 2) {
      bits[0].probability = probability(hn::LowerHalf(d_row_sums, sums));
      bits[1].probability = probability(hn::UpperHalf(d_row_sums, sums));
    } else {
      bits[0].probability = probability(sums);
    }
  }

  static HWY_INLINE void store_row(const RowBit& bit, hn::Vec<hn::FixedTag<std::uint16_t, 8> > values,
                                   hn::Vec<hn::FixedTag<std::int16_t, 8> > moves) {
    for (std::int16_t* const weights : {bit.first_weights, bit.second_weights})
      hn::Store(hn::SaturatedAdd(hn::Load(d_row_signed, weights), moves), d_row_signed, weights);
    const auto& at = bit.counters;
    *at[0] = hn::ExtractLane(values, 0);
    *at[1] = hn::ExtractLane(values, 1);
    *at[2] = hn::ExtractLane(values, 2);
    *at[3] = hn::ExtractLane(values, 3);
    *at[4] = hn::ExtractLane(values, 4);
    *at[5] = hn::ExtractLane(values, 5);
    *at[6] = hn::ExtractLane(values, 6);
    *at[7] = hn::ExtractLane(values, 7);
  }

  alignas(64) std::array<std::uint16_t, 8 * rows_side_by_side> values_;
  alignas(64) std::array<std::int16_t, 8 * rows_side_by_side> inputs_;
};
using BitsSideBySide = VectorsSideBySide<hn::CappedTag<std::uint16_t, 16> >;
#endif

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
