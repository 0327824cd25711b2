// LevelLanes: what is mixed for the fifteen nodes of four levels of the tree, side by side (FORMAT.md, "Four rows side
// by side").
//
// For sources that Highway compiles once per SIMD target.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_LEVEL_LANES_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_LEVEL_LANES_INL_HPP
#undef VQI_LEVEL_LANES_INL_HPP
#else
#define VQI_LEVEL_LANES_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "counter.hpp"
#include "counter_vectors-inl.hpp"
#include "error_rows.hpp"
#include "level_planes.hpp"
#include "level_tables.hpp"
#include "logistic.hpp"
#include "side_by_side_bit.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// The counters and weights of the nodes: groups of a check and fifteen counters, and rows of sixteen weights for each
/// input. All inputs but the one of planes have groups.
struct LevelContexts {
  static constexpr std::size_t hashed = 6;            ///< groups of contexts, the first ones
  static constexpr std::size_t groups = plane_input;  ///< one for each input before that of planes
  static constexpr std::size_t weight_rows = 3;

  std::array<const Counter*, groups> from;  ///< the groups as they are
  std::array<Counter*, groups> to;          ///< where they stay, having learned
  std::array<Counter, hashed> checks;
  std::uint32_t turn;  ///< the leaf whose path is that of zeros in the group of `pattern_input`
  std::array<std::int16_t*, weight_rows> weights;  ///< an input's weight is the sum of those of all rows
};

/// Inputs of planes end here, in 1/8 of a step, each of which counts plane_factor.
inline constexpr std::int32_t plane_limit = 133;
inline constexpr std::int32_t plane_factor = 23;

/// What a row's vector needs for four levels: `measure`, `predict`, the probabilities of the nodes of its path,
/// `learn`. Sums of inputs do not overflow 16 bits, whatever their order.
#if HWY_TARGET == HWY_SCALAR
class LevelLanes {
 public:
  HWY_INLINE std::uint32_t measure(const PlaneLanes& planes, const Point& point, std::uint32_t level) {
    for (std::size_t i = 0; i < level_lanes; ++i) {
      std::int32_t sum = -planes.offset[i];
      for (std::size_t c = 0; c < point_dimension_max; ++c) sum += planes.axis[c][i] * point[c];
      const std::int32_t steps = ((sum >> 14) * distance_scales[level]) >> 13;
      inputs_[plane_input][i] = std::clamp(steps, -plane_limit, plane_limit) * plane_factor;
    }
    std::uint32_t node = 1;
    for (std::uint32_t i = 0; i < levels_at_once; ++i) node = 2 * node + (inputs_[plane_input][node] >= 0 ? 1 : 0);
    return node - level_lanes;
  }
  HWY_INLINE void predict(const LevelContexts& contexts) {
    for (std::size_t i = 0; i < level_lanes; ++i) {
      std::int32_t sum = 0;
      for (std::size_t input = 0; input < level_inputs; ++input) {
        if (input != plane_input) {
          values_[input][i] = value(contexts.from[input], contexts, input, i);
          inputs_[input][i] = counter_input(values_[input][i]);
        }
        const std::size_t place = input * level_lanes + i;
        std::int32_t weight = 0;
        for (const std::int16_t* const weights : contexts.weights) weight = saturated(weight + weights[place]);
        sum += product15(inputs_[input][i], weight);
      }
      logits_[i] = clamp_logit(sum);
    }
  }
  HWY_INLINE std::int32_t probability(std::uint32_t node) { return probabilities_[node] = squash(logits_[node]); }
  HWY_INLINE void learn(const LevelContexts& contexts, std::uint32_t end, std::int32_t rate) {
    const LevelPath& path = level_paths[end];
    for (std::size_t i = 1; i < level_lanes; ++i) {
      if (path.on_path[i] == 0) continue;
      const bool bit = path.ones[i] != 0;
      const std::int32_t step = product15((bit ? 32767 : 0) - (probabilities_[i] >> 1), rate);
      for (std::size_t input = 0; input < level_inputs; ++input) {
        for (std::int16_t* const weights : contexts.weights) {
          std::int16_t& weight = weights[input * level_lanes + i];
          weight = static_cast<std::int16_t>(saturated(weight + product15(inputs_[input][i], step)));
        }
        if (input != plane_input) values_[input][i] = learned_counter(values_[input][i], bit);
      }
    }
    // Whole groups: another row may have changed them.
    for (std::size_t input = 0; input < LevelContexts::groups; ++input)
      for (std::size_t i = 0; i < level_lanes; ++i)
        contexts.to[input][i] = value(values_[input].data(), contexts, input, i);
    for (std::size_t i = 0; i < LevelContexts::hashed; ++i) contexts.to[i][0] = contexts.checks[i];
  }

 private:
  static std::int32_t product15(std::int32_t a, std::int32_t b) noexcept { return (a * b + (1 << 14)) >> 15; }
  static std::int32_t saturated(std::int32_t v) noexcept { return std::clamp(v, -32768, 32767); }
  static Counter value(const Counter* group, const LevelContexts& contexts, std::size_t input,
                       std::size_t lane) noexcept {
    if (input != pattern_input) return group[lane];
    const TurnedLanes& turn = turned_lanes[contexts.turn];
    return group[turn.other(lane)] ^ turn.flips[lane];
  }

  std::array<std::array<Counter, level_lanes>, LevelContexts::groups> values_;
  std::array<std::array<std::int32_t, level_lanes>, level_inputs> inputs_;
  std::array<std::int32_t, level_lanes> logits_;
  std::array<std::int32_t, level_lanes> probabilities_{};
};
#else
/// With the tag of vectors of one group or two side by side, or of half of one.
template <class D>
class LevelVectors {
  static constexpr D d{};
  static constexpr hn::RebindToSigned<D> d_signed{};
  static constexpr std::size_t lanes = hn::MaxLanes(d);
  /// Of one group, or of half of one.
  static constexpr hn::CappedTag<std::uint16_t, level_lanes> d_one{};
  static constexpr hn::RebindToSigned<std::remove_const_t<decltype(d_one)> > d_one_signed{};
  static constexpr hn::Repartition<std::uint8_t, std::remove_const_t<decltype(d_one)> > d_bytes{};
  static constexpr hn::CappedTag<std::int32_t, level_lanes> d_wide{};
  static constexpr hn::Rebind<std::int16_t, std::remove_const_t<decltype(d_wide)> > d_narrow{};
  using Counters = CounterVectors<D>;
  using Vector = hn::Vec<D>;
  using One = hn::Vec<std::remove_const_t<decltype(d_one)> >;
  static constexpr std::size_t groups_at_once = lanes > level_lanes ? 2 : 1;
  static constexpr std::size_t part = std::min<std::size_t>(lanes, level_lanes);

 public:
  /// Takes the distances of a point from the planes as an input. Returns the leaf on whose side of all planes it lies.
  HWY_INLINE std::uint32_t measure(const PlaneLanes& planes, const Point& point, std::uint32_t level) {
    std::int16_t* const to = inputs_.data() + plane_input * level_lanes;
    const auto scale = hn::Set(d_wide, distance_scales[level]);
    const auto limit = hn::Set(d_wide, plane_limit);
    for (std::size_t i = 0; i < level_lanes; i += hn::Lanes(d_wide)) {
      auto sum = hn::Neg(hn::Load(d_wide, planes.offset.data() + i));
      for (std::size_t c = 0; c < point_dimension_max; ++c)
        sum = hn::Add(sum, hn::Mul(hn::Load(d_wide, planes.axis[c].data() + i), hn::Set(d_wide, point[c])));
      const auto steps = hn::ShiftRight<13>(hn::Mul(hn::ShiftRight<14>(sum), scale));
      const auto said = hn::Mul(hn::Clamp(steps, hn::Neg(limit), limit), hn::Set(d_wide, plane_factor));
      hn::StoreU(hn::DemoteTo(d_narrow, said), d_narrow, to + i);
    }
    std::uint32_t negative = 0;
    for (std::size_t i = 0; i < level_lanes; i += part) {
      std::array<std::uint8_t, 8> bytes{};
      hn::StoreMaskBits(d_one_signed, hn::Lt(hn::Load(d_one_signed, to + i), hn::Zero(d_one_signed)), bytes.data());
      negative |= (bytes[0] | std::uint32_t{bytes[1]} << 8U) << i;
    }
    std::uint32_t node = 1;
    for (std::uint32_t i = 0; i < levels_at_once; ++i) node = 2 * node + (~negative >> node & 1U);
    return node - level_lanes;
  }

  /// Mixes the inputs of all nodes.
  HWY_INLINE void predict(const LevelContexts& contexts) {
    for (std::size_t at = 0; at < level_lanes; at += part) {
      auto sums = hn::Zero(d_signed);
      const auto add_groups = [&](std::size_t input) HWY_ATTR {
        const std::size_t place = input * level_lanes + at;
        const auto values = load_groups(contexts, input, at);
        const auto said = Counters::inputs_of(values);
        hn::Store(values, d, values_.data() + place);
        hn::Store(said, d_signed, inputs_.data() + place);
        sums = hn::Add(sums, hn::MulFixedPoint15(said, weights_at(d_signed, contexts, place)));
      };
      for (std::size_t input = 0; input < LevelContexts::groups; input += groups_at_once) add_groups(input);
      const std::size_t place = plane_input * level_lanes + at;
      auto sum = hn::MulFixedPoint15(hn::Load(d_one_signed, inputs_.data() + place),
                                     weights_at(d_one_signed, contexts, place));
      if constexpr (groups_at_once == 2)
        sum = hn::Add(sum, hn::Add(hn::LowerHalf(d_one_signed, sums), hn::UpperHalf(d_one_signed, sums)));
      else
        sum = hn::Add(sum, sums);
      const auto limit = hn::Set(d_one_signed, logit_limit);
      hn::Store(hn::Clamp(sum, hn::Neg(limit), limit), d_one_signed, logits_.data() + at);
    }
  }

  /// The probability of a 1 at a node, in 1/65536.
  HWY_INLINE std::int32_t probability(std::uint32_t node) {
    const std::int32_t p = squash(logits_[node]);
    probabilities_[node] = static_cast<std::uint16_t>(p);
    return p;
  }

  /// Learns the path to the node `end`, all of whose probabilities were asked for.
  HWY_INLINE void learn(const LevelContexts& contexts, std::uint32_t end, std::int32_t rate) {
    const LevelPath& path = level_paths[end];
    for (std::size_t at = 0; at < level_lanes; at += part) {
      const auto one_on_path = hn::Load(d_one, path.on_path.data() + at);
      const auto one_ones = hn::Load(d_one, path.ones.data() + at);
      const auto said = hn::ShiftRight<1>(hn::Load(d_one, probabilities_.data() + at));
      const auto surprise = hn::BitCast(d_one_signed, hn::And(hn::Sub(hn::ShiftRight<1>(one_ones), said), one_on_path));
      const auto one_step = hn::MulFixedPoint15(surprise, hn::Set(d_one_signed, static_cast<std::int16_t>(rate)));
      const auto step = twice(d_signed, one_step);
      const auto ones = twice(d, one_ones);
      const auto is_on_path = hn::MaskFromVec(twice(d, one_on_path));
      const auto teach = [&](std::size_t input) HWY_ATTR {
        const std::size_t place = input * level_lanes + at;
        move(d_signed, contexts, place, step);
        const auto values = hn::Load(d, values_.data() + place);
        store_groups(contexts, input, at, hn::IfThenElse(is_on_path, Counters::learned(values, ones), values));
      };
      for (std::size_t input = 0; input < LevelContexts::groups; input += groups_at_once) teach(input);
      move(d_one_signed, contexts, plane_input * level_lanes + at, one_step);
    }
    for (std::size_t i = 0; i < LevelContexts::hashed; ++i) contexts.to[i][0] = contexts.checks[i];
  }

 private:
  /// One group's vector for each group of a larger one.
  template <class All, class V>
  static HWY_INLINE hn::Vec<All> twice(All d_all, V one) {
    if constexpr (groups_at_once == 2)
      return hn::Combine(d_all, one, one);
    else
      return one;
  }

  template <class Tag>
  static HWY_INLINE hn::Vec<Tag> weights_at(Tag tag, const LevelContexts& contexts, std::size_t place) {
    auto sum = hn::Load(tag, contexts.weights[0] + place);
    for (std::size_t row = 1; row < LevelContexts::weight_rows; ++row)
      sum = hn::SaturatedAdd(sum, hn::Load(tag, contexts.weights[row] + place));
    return sum;
  }

  template <class Tag>
  HWY_INLINE void move(Tag tag, const LevelContexts& contexts, std::size_t place, hn::Vec<Tag> step) {
    const auto moves = hn::MulFixedPoint15(hn::Load(tag, inputs_.data() + place), step);
    for (std::int16_t* const weights : contexts.weights)
      hn::Store(hn::SaturatedAdd(hn::Load(tag, weights + place), moves), tag, weights + place);
  }

  static HWY_INLINE Vector load_groups(const LevelContexts& contexts, std::size_t input, std::size_t at) {
    const auto one = [&](std::size_t i) HWY_ATTR {
      const auto values = hn::Load(d_one, contexts.from[i] + at);
      return i == pattern_input ? turned(values, contexts.turn, at) : values;
    };
    if constexpr (groups_at_once == 2)
      return hn::Combine(d, one(input + 1), one(input));
    else
      return one(input);
  }
  static HWY_INLINE void store_groups(const LevelContexts& contexts, std::size_t input, std::size_t at, Vector values) {
    const auto store = [&](std::size_t i, One one) HWY_ATTR {
      hn::Store(i == pattern_input ? turned(one, contexts.turn, at) : one, d_one, contexts.to[i] + at);
    };
    if constexpr (groups_at_once == 2) {
      store(input, hn::LowerHalf(d_one, values));
      store(input + 1, hn::UpperHalf(d_one, values));
    } else {
      store(input, values);
    }
  }
  static HWY_INLINE One turned(One values, std::uint32_t leaf, std::size_t at) {
    const TurnedLanes& turn = turned_lanes[leaf];
    const auto moved =
        hn::TableLookupBytes(hn::BitCast(d_bytes, values), hn::Load(d_bytes, turn.bytes.data() + 2 * at));
    return hn::Xor(hn::BitCast(d_one, moved), hn::Load(d_one, turn.flips.data() + at));
  }

  alignas(64) std::array<Counter, LevelContexts::groups * level_lanes> values_;
  alignas(64) std::array<std::int16_t, level_inputs * level_lanes> inputs_;
  alignas(64) std::array<std::int16_t, level_lanes> logits_;
  alignas(64) std::array<std::uint16_t, level_lanes> probabilities_{};
};
using LevelLanes = LevelVectors<hn::CappedTag<std::uint16_t, std::size_t{2} * level_lanes> >;
#endif

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
