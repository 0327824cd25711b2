// BalancedCoder: codes a strip, for each vector a flag where all neighbours are equal, else a path down the tree.
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
#include "balanced_tables.hpp"
#include "counter_lanes-inl.hpp"
#include "flat_neighbours.hpp"
#include "logistic.hpp"
#include "mixer_kernels-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

/// The inputs and the mixed log odds of a bit.
struct MixedBit {
  alignas(64) std::array<std::int32_t, 8> inputs;
  std::int32_t logit;
};

/// Mixes the log odds of counters.
template <std::size_t Count>
HWY_INLINE MixedBit mix_counters(const CounterLanes<Count>& counters, const std::int32_t* first_weights,
                                 const std::int32_t* second_weights) {
  MixedBit mixed;
  counters.logits(mixed.inputs.data());
  mixed.logit = clamp_logit(mix_inputs<8>(mixed.inputs.data(), first_weights, second_weights));
  return mixed;
}

/// Codes one strip. `Bits::code(bit, probability of a 1 in 1/65536)` writes and returns the bit, or reads it.
template <class Bits>
class BalancedCoder {
 public:
  BalancedCoder(const BalancedTables& tables, std::size_t map_width, Bits& bits)
      : tree_(tables.tree),
        prediction_(tables.prediction),
        width_(map_width),
        bits_(bits),
        state_(tables.tree, map_width) {}

  /// Codes the columns begin .. end - 1 of the row that was begun, `indices`; when decoding, writes them.
  template <class Index>
  void code_columns(Index* indices, std::size_t begin, std::size_t end) {
    constexpr bool decoding = !std::is_const_v<Index>;
    for (std::size_t x = begin; x < end; ++x) {
      const std::uint32_t wanted = decoding ? 0 : tree_.position_of(indices[x]);
      const std::uint32_t position = code_position(x, wanted);
      if constexpr (decoding) indices[x] = tree_.index_at(position);
    }
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

  /// Codes the vector at column `x` of the row that was begun; the columns before it have been coded.
  HWY_INLINE std::uint32_t code_position(std::size_t x, std::uint32_t wanted) {
    const Surroundings at = state_.rows.surroundings(x);
    const std::uint32_t position = code_position(at, x, wanted);
    state_.rows.row(0)[x] = static_cast<std::uint16_t>(position);
    return position;
  }

  /// Everything learned so far.
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
    const FlatNeighbours beyond(at.row, at.above, at.two_above);
    return code_bit<6>(same, flat_flag_contexts(at, beyond, state_), rate_ >> 1);
  }

  /// Codes a position bit by bit, from the root of the tree.
  std::uint32_t code_path(const Surroundings& at, const Point& predicted, std::uint32_t level, bool after_flat,
                          std::uint32_t wanted) {
    const PathContexts contexts = path_contexts(at);
    BalancedPath path(tree_, at, predicted, level, after_flat);
    PathGroups<Counter*> groups{};
    while (!path.ended()) {
      if (path.begins_group()) find_groups(path, contexts, at.above[0], groups);
      path.choose_contexts(state_, groups, bit_contexts_);
      path.follow(code_bit<8>(path.bit_of(wanted), bit_contexts_, rate_));
    }
    return path.position();
  }

  /// The contexts' groups for the levels that begin at the path's node. Asks the memory for the next groups as well,
  /// where they would be on the path to `likely`.
  HWY_INLINE void find_groups(const BalancedPath& path, const PathContexts& contexts, std::uint32_t likely,
                              PathGroups<Counter*>& groups) {
    std::array<CounterGroups::Key, BalancedState::contexts> keys;
    for (std::size_t i = 0; i < contexts.size(); ++i) keys[i] = state_.groups[i].key_of(mix(contexts[i], path.node()));
    if (const std::uint32_t next = path.next_group_node(likely); next != 0)
      for (std::size_t i = 0; i < contexts.size(); ++i) state_.groups[i].prefetch(mix(contexts[i], next));
    for (std::size_t i = 0; i < contexts.size(); ++i) groups[i] = state_.groups[i].find(keys[i]);
  }

  /// Codes a bit, and lets its counters and weights learn it.
  template <std::size_t Count>
  HWY_INLINE bool code_bit(bool wanted, const BitContexts<Counter*>& contexts, std::int32_t rate) {
    // As local variables they need not be read from the member again after weights and bytes are written.
    std::int32_t* const first_weights = contexts.first_weights;
    std::int32_t* const second_weights = contexts.second_weights;
    const CounterLanes<Count> counters(contexts.counters);
    const MixedBit mixed = mix_counters(counters, first_weights, second_weights);
    const std::int32_t probability = squash(mixed.logit);
    const bool bit = bits_.code(wanted, probability);
    const std::int32_t step = (((bit ? 65536 : 0) - probability) * rate) >> 10;
    train_weights<8>(mixed.inputs.data(), step, first_weights, second_weights);
    counters.learn(bit, contexts.counters);
    return bit;
  }

  const CodewordTree& tree_;
  const PointPrediction& prediction_;
  std::size_t width_;
  Bits& bits_;
  BalancedState state_;
  BitContexts<Counter*> bit_contexts_{};  // of the bit of a path; as a local variable it would cost registers
  std::int32_t rate_ = 0;
  std::uint64_t coded_ = 0;
};

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
