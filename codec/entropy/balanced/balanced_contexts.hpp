// The contexts of the model "balanced": which counters and weights code a bit (FORMAT.md, "A vector" of model 2).
#pragma once

#include <hwy/base.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "balanced_state.hpp"
#include "codeword_tree.hpp"
#include "context_hash.hpp"
#include "error_rows.hpp"
#include "flat_neighbours.hpp"
#include "map_rows.hpp"
#include "path_pattern.hpp"
#include "point_prediction.hpp"

namespace vqi::detail {

/// What codes one bit: its counters, the first ones of eight, and the two rows of weights that mix them. A coder's
/// counters are `Counter*`; prices, which learn nothing, need `const Counter*`.
template <class CounterPointer>
struct BitContexts {
  std::array<CounterPointer, 8> counters;
  std::int32_t* first_weights;
  std::int32_t* second_weights;
};

/// The six counters of the flag of a flat neighbourhood, in six tables of 2^flat_bits counters, one after the other.
[[nodiscard]] inline std::array<Counter*, 8> flat_flag_counters(const Surroundings& at, const FlatNeighbours& beyond,
                                                                Counter* tables) noexcept {
  const std::array<std::uint16_t, FlatNeighbours::count>& nine = beyond.positions;
  const std::uint16_t n = at.above[0];
  const std::uint64_t above = mix_eight(1, at.above - 3);
  const std::uint64_t near = mix(mix(above, joined(at.row - 4)), joined(at.two_above - 1));
  std::uint64_t far = mix_eight(mix_eight(above, at.two_above - 3), at.three_above - 3);
  far = mix_eight(mix_eight(far, at.four_above - 3), at.row - 8);
  const std::uint64_t sparse = mix(mix(2, n), joined(nine[0], nine[1], nine[2], nine[3]));
  constexpr unsigned bits = BalancedState::flat_bits;
  const auto counter = [&](std::size_t table, std::uint64_t context) {
    return tables + (table << bits) + table_place(context, bits);
  };
  return {tables + beyond.pattern, counter(1, joined(n, beyond.pattern)),    counter(2, near), counter(3, far),
          counter(4, sparse),      counter(5, joined(n, beyond.equal_count))};
}

/// The contexts of the flag of a flat neighbourhood: six counters.
[[nodiscard]] inline BitContexts<Counter*> flat_flag_contexts(const Surroundings& at, const FlatNeighbours& beyond,
                                                              BalancedState& state) noexcept {
  return {flat_flag_counters(at, beyond, state.flat_counters), state.flat_weights(beyond.equal_count),
          state.flat_pattern_weights(beyond.pattern)};
}

/// Numbers of the contexts of a path; each node mixes its own number in.
using PathContexts = std::array<std::uint64_t, BalancedState::contexts>;

[[nodiscard]] HWY_INLINE PathContexts path_contexts(const Surroundings& at) noexcept {
  const std::uint32_t w = at.row[-1], n = at.above[0], nw = at.above[-1], ne = at.above[1];
  const std::uint32_t ww = at.row[-2], nn = at.two_above[0];
  const std::uint64_t four = mix(1, joined(w, n, nw, ne));
  const std::uint64_t six = mix(four, joined(ww, nn));
  const std::uint64_t ten = mix(six, joined(at.above[-2], at.above[2], at.two_above[-1], at.two_above[1]));
  return {mix(2, joined(w, n)), four, six, ten, mix(3, joined(n, ne)), mix(4, joined(w, ww))};
}

/// The groups of a path's contexts at the node where the current group of levels begins.
template <class CounterPointer>
using PathGroups = std::array<CounterPointer, BalancedState::contexts>;

/// A path from the root of the codeword tree, followed bit by bit to a position.
class BalancedPath {
 public:
  /// `predicted` is the vector's point as predicted, `level` the error level of predictions there; `after_flat` says
  /// that the flag of a flat neighbourhood was coded first. Borrows the tree and the point.
  HWY_INLINE BalancedPath(const CodewordTree& tree, const Surroundings& at, const Point& predicted, std::uint32_t level,
                          bool after_flat) noexcept
      : tree_(tree),
        predicted_(predicted),
        level_(level),
        after_flat_(after_flat),
        pattern_(at.nearest_six(), tree.depth()),
        bits_left_(tree.depth()) {}

  /// Whether the node holds one codeword, so that no bit is left to code.
  [[nodiscard]] bool ended() const noexcept { return bits_left_ == 0 || !tree_.divides(node_); }
  [[nodiscard]] std::uint32_t node() const noexcept { return node_; }
  /// The position where the path has ended.
  [[nodiscard]] std::uint32_t position() const noexcept { return (node_ << bits_left_) - tree_.leaves(); }

  /// Whether the node is the first of a group of levels: the caller then looks up its groups.
  [[nodiscard]] bool begins_group() const noexcept { return in_group_ == 1; }
  /// Where the path to `position` comes to its next group of levels; 0 if there is none.
  [[nodiscard]] std::uint32_t next_group_node(std::uint32_t position) const noexcept {
    if (bits_left_ <= CounterGroups::levels) return 0;
    return (tree_.leaves() | position) >> (bits_left_ - CounterGroups::levels);
  }

  /// Sets `bit` to what codes the node's bit.
  template <class CounterPointer>
  HWY_INLINE void choose_contexts(BalancedState& state, const PathGroups<CounterPointer>& groups,
                                  BitContexts<CounterPointer>& bit) const noexcept {
    const std::uint32_t depth = tree_.depth() - bits_left_;
    const std::uint32_t agreement = pattern_.index(bit_number());
    const std::uint32_t step = distance_step(tree_.plane(node_).distance(predicted_), level_);
    for (std::size_t i = 0; i < groups.size(); ++i) bit.counters[i] = groups[i] + in_group_;
    bit.counters[6] = state.plane_counter(node_, depth, level_, step);
    bit.counters[7] = state.pattern_counter(depth, agreement);
    bit.first_weights = state.level_weights(depth, level_, after_flat_);
    bit.second_weights = state.pattern_weights(agreement);
  }

  /// The node's bit on the path to `position`.
  [[nodiscard]] bool bit_of(std::uint32_t position) const noexcept { return (position >> bit_number() & 1U) != 0; }
  HWY_INLINE void follow(bool bit) noexcept {
    pattern_.follow(bit_number(), bit);
    node_ = 2 * node_ + (bit ? 1 : 0);
    in_group_ = in_group_ >> (CounterGroups::levels - 1) != 0 ? 1 : 2 * in_group_ + (bit ? 1 : 0);
    --bits_left_;
  }

 private:
  [[nodiscard]] std::uint32_t bit_number() const noexcept { return bits_left_ - 1; }

  const CodewordTree& tree_;
  const Point& predicted_;
  std::uint32_t level_;
  bool after_flat_;
  PathPattern pattern_;
  std::uint32_t bits_left_;
  std::uint32_t node_ = 1;
  std::uint32_t in_group_ = 1;  // the node's number in its group: 1 .. 7, as in a heap
};

}  // namespace vqi::detail
