// BalancedCoder: a pass over a strip, per vector a flag where all neighbours are the same, else a path down the tree.
//
// For sources that Highway compiles once per SIMD target. Encoder and decoder are the same code.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_BALANCED_CODER_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_BALANCED_CODER_INL_HPP
#undef VQI_BALANCED_CODER_INL_HPP
#else
#define VQI_BALANCED_CODER_INL_HPP
#endif

#include <hwy/highway.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "balanced_contexts.hpp"
#include "balanced_state.hpp"
#include "balanced_strip.hpp"
#include "counter_lanes-inl.hpp"
#include "logistic.hpp"
#include "mixer_kernels-inl.hpp"
#include "path_pattern.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

/// The inputs and the mixed log odds of a bit.
struct MixedBit {
  alignas(64) std::array<std::int32_t, 8> inputs;
  std::int32_t logit;
};

/// Mixes what counters say.
template <std::size_t Count>
HWY_INLINE MixedBit mix_counters(const CounterLanes<Count>& counters, const std::int32_t* first,
                                 const std::int32_t* second) {
  MixedBit mixed;
  counters.logits(mixed.inputs.data());
  mixed.logit = clamp_logit(mix_inputs<8>(mixed.inputs.data(), first, second));
  return mixed;
}

/// Codes one strip; `Bits` says what becomes of the bits.
template <class Bits>
class BalancedCoder {
 public:
  BalancedCoder(const BalancedCodebook& codebook, std::size_t map_width, Bits& bits)
      : tree_(codebook.tree),
        prediction_(codebook.prediction),
        width_(map_width),
        bits_(bits),
        state_(codebook.tree, map_width) {}

  /// Codes a row; when decoding, writes the indices.
  template <class Index>
  void code_row(Index* indices) {
    constexpr bool decoding = !std::is_const_v<Index>;
    begin_row();
    for (std::size_t x = 0; x < width_; ++x) {
      const std::uint32_t wanted = decoding ? 0 : tree_.position_of(indices[x]);
      const std::uint32_t position = code_position(x, wanted);
      if constexpr (decoding) indices[x] = tree_.index_at(position);
    }
    end_row();
  }

  void begin_row() {
    state_.rows.begin_row();
    state_.errors.begin_row();
    rate_ = mixing_rate(coded_);
  }
  void end_row() {
    state_.rows.end_row();
    state_.errors.end_row();
    coded_ += width_;
  }

  /// Codes the vector at column `x` of the row that was begun, the columns before it being coded.
  HWY_INLINE std::uint32_t code_position(std::size_t x, std::uint32_t wanted) {
    const Surroundings at = state_.rows.surroundings(x);
    const std::uint32_t position = code_position(at, x, wanted);
    state_.rows.row(0)[x] = static_cast<std::uint16_t>(position);
    return position;
  }

  /// All that was learned so far.
  [[nodiscard]] BalancedState& state() noexcept { return state_; }

 private:
  HWY_INLINE std::uint32_t code_position(const Surroundings& at, std::size_t x, std::uint32_t wanted) {
    const bool flat = at.flat();
    const std::uint16_t n = at.above[0];
    if (flat && code_flat(at, wanted == n)) {
      state_.errors.inherit(x);
      return n;
    }
    const Point predicted = prediction_.predict(at.row, at.above, at.two_above);
    const std::uint32_t position = code_path(at, predicted, state_.errors.level(x), flat, wanted);
    state_.errors.set(x, prediction_.error(predicted, position));
    return position;
  }

  /// Codes whether a vector in a flat neighbourhood is as its neighbours.
  bool code_flat(const Surroundings& at, bool same) {
    const FlatContexts flat(at);
    flat.choose(state_, counters_);
    return code_bit<6>(same, state_.flat_weights(flat.alike), state_.flat_pattern_weights(flat.pattern), rate_ >> 1);
  }

  /// Codes a position bit by bit, from the root of the tree.
  std::uint32_t code_path(const Surroundings& at, const Point& predicted, std::uint32_t level, bool after_flat,
                          std::uint32_t wanted) {
    const PathContexts contexts = path_contexts(at);
    PathPattern pattern(at.nearest_six(), tree_.depth());
    std::uint32_t node = 1;
    std::uint32_t in_group = 1;
    std::array<Counter*, BalancedState::contexts> groups{};
    std::uint32_t depth = 0;
    const std::uint32_t depth_max = tree_.depth();
    for (; depth < depth_max && tree_.divides(node); ++depth) {
      if (depth % 3 == 0) {
        std::array<CounterGroups::Key, BalancedState::contexts> keys;
        for (std::size_t i = 0; i < contexts.size(); ++i) keys[i] = state_.groups[i].key_of(mix(contexts[i], node));
        if (depth + 3 < depth_max) {  // the next groups, should the path go on as to the vector above
          const std::uint32_t likely = (tree_.leaves() | at.above[0]) >> (depth_max - 3 - depth);
          for (std::size_t i = 0; i < contexts.size(); ++i) state_.groups[i].prefetch(mix(contexts[i], likely));
        }
        for (std::size_t i = 0; i < contexts.size(); ++i) groups[i] = state_.groups[i].find(keys[i]);
        in_group = 1;
      }
      const std::uint32_t bit_place = depth_max - 1 - depth;
      const std::uint32_t agreement = pattern.index(bit_place);
      const std::uint32_t step = distance_step(tree_.plane(node).distance(predicted), level);
      for (std::size_t i = 0; i < contexts.size(); ++i) counters_[i] = groups[i] + in_group;
      counters_[6] = state_.plane_counter(node, depth, level, step);
      counters_[7] = state_.pattern_counter(depth, agreement);
      const bool bit = code_bit<8>((wanted >> bit_place & 1U) != 0, state_.level_weights(depth, level, after_flat),
                                   state_.pattern_weights(agreement), rate_);
      pattern.follow(bit_place, bit);
      node = 2 * node + (bit ? 1 : 0);
      in_group = 2 * in_group + (bit ? 1 : 0);
    }
    return (node << (depth_max - depth)) - tree_.leaves();
  }

  /// Codes a bit by the counters that were chosen for it, and lets them and the mixer learn.
  template <std::size_t Count>
  HWY_INLINE bool code_bit(bool wanted, std::int32_t* first, std::int32_t* second, std::int32_t rate) {
    const CounterLanes<Count> counters(counters_);
    const MixedBit mixed = mix_counters(counters, first, second);
    const std::int32_t probability = squash(mixed.logit);
    const bool bit = bits_.code(wanted, probability);
    const std::int32_t step = (((bit ? 65536 : 0) - probability) * rate) >> 10;
    train_weights<8>(mixed.inputs.data(), step, first, second);
    counters.learn(bit, counters_);
    return bit;
  }

  const CodewordTree& tree_;
  const PointPrediction& prediction_;
  std::size_t width_;
  Bits& bits_;
  BalancedState state_;
  std::array<Counter*, 8> counters_{};
  std::int32_t rate_ = 0;
  std::uint64_t coded_ = 0;
};

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
