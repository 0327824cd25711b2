// PathPrices: what each position would cost the model "balanced" at one place, without letting it learn.
//
// For sources that Highway compiles once per SIMD target.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_PATH_PRICES_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_PATH_PRICES_INL_HPP
#undef VQI_PATH_PRICES_INL_HPP
#else
#define VQI_PATH_PRICES_INL_HPP
#endif

#include <hwy/highway.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "balanced_coder-inl.hpp"
#include "balanced_contexts.hpp"
#include "bit_cost.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

/// Prices of a flat neighbourhood's flag, or of paths down the tree, in 1/1024 bit. Nodes that several paths share are
/// priced once.
class PathPrices {
 public:
  PathPrices(const BalancedCodebook& codebook, BalancedState& state)
      : tree_(codebook.tree), prediction_(codebook.prediction), state_(state), nodes_(tree_.leaves()) {}

  /// Moves to the vector around which is `at`, where predictions are off as `level` says.
  void begin(const Surroundings& at, std::uint32_t level) {
    if (++visit_ == 0) {
      for (Node& node : nodes_) node.visit = 0;
      visit_ = 1;
    }
    at_ = at;
    level_ = level;
    flat_ = at.flat();
    paths_ready_ = false;
    if (!flat_) return;
    const FlatContexts flat(at);
    std::array<Counter*, 8> counters{};
    flat.choose(state_, counters);
    const CounterLanes<6> lanes(counters);
    const std::int32_t logit =
        mix_counters(lanes, state_.flat_weights(flat.alike), state_.flat_pattern_weights(flat.pattern)).logit;
    same_ = bit_cost(logit, true);
    different_ = bit_cost(logit, false);
  }

  /// What `position` costs here.
  std::uint32_t price(std::uint32_t position) {
    if (!flat_) return path_price(position);
    return position == at_.above[0] ? same_ : different_ + path_price(position);
  }

  [[nodiscard]] bool flat() const noexcept { return flat_; }
  /// Where the vector's point should lie.
  [[nodiscard]] const Point& predicted() {
    prepare_paths();
    return predicted_;
  }

 private:
  struct Node {
    std::uint32_t visit = 0;
    std::int32_t logit = 0;
    std::uint32_t group_visit = 0;  // of the groups, at nodes where groups begin
    std::array<const Counter*, BalancedState::contexts> groups{};
  };

  void prepare_paths() {
    if (paths_ready_) return;
    paths_ready_ = true;
    predicted_ = prediction_.predict(at_.row, at_.above, at_.two_above);
    contexts_ = path_contexts(at_);
  }

  std::uint32_t path_price(std::uint32_t position) {
    prepare_paths();
    const std::uint32_t depth_max = tree_.depth();
    PathPattern pattern(at_.nearest_six(), depth_max);
    std::uint32_t price = 0;
    std::uint32_t node = 1;
    std::uint32_t in_group = 1;
    Node* top = nullptr;
    for (std::uint32_t depth = 0; depth < depth_max && tree_.divides(node); ++depth) {
      if (depth % 3 == 0) {
        top = &nodes_[node];
        if (top->group_visit != visit_) {
          top->group_visit = visit_;
          for (std::size_t i = 0; i < contexts_.size(); ++i)
            top->groups[i] = state_.groups[i].peek(state_.groups[i].key_of(mix(contexts_[i], node)));
        }
        in_group = 1;
      }
      const std::uint32_t bit_place = depth_max - 1 - depth;
      if (nodes_[node].visit != visit_) {
        nodes_[node].visit = visit_;
        nodes_[node].logit = node_logit(*top, in_group, node, depth, pattern.index(bit_place));
      }
      const bool bit = (position >> bit_place & 1U) != 0;
      price += bit_cost(nodes_[node].logit, bit);
      pattern.follow(bit_place, bit);
      node = 2 * node + (bit ? 1 : 0);
      in_group = 2 * in_group + (bit ? 1 : 0);
    }
    return price;
  }

  HWY_INLINE std::int32_t node_logit(const Node& top, std::uint32_t in_group, std::uint32_t node, std::uint32_t depth,
                                     std::uint32_t agreement) {
    const std::uint32_t step = distance_step(tree_.plane(node).distance(predicted_), level_);
    std::array<const Counter*, 8> counters{};
    for (std::size_t i = 0; i < BalancedState::contexts; ++i) counters[i] = top.groups[i] + in_group;
    counters[6] = state_.plane_counter(node, depth, level_, step);
    counters[7] = state_.pattern_counter(depth, agreement);
    const CounterLanes<8> lanes(counters);
    return mix_counters(lanes, state_.level_weights(depth, level_, flat_), state_.pattern_weights(agreement)).logit;
  }

  const CodewordTree& tree_;
  const PointPrediction& prediction_;
  BalancedState& state_;
  std::vector<Node> nodes_;
  std::uint32_t visit_ = 0;
  Surroundings at_{};
  bool flat_ = false;
  std::uint32_t same_ = 0;
  std::uint32_t different_ = 0;
  bool paths_ready_ = false;
  Point predicted_{};
  std::uint32_t level_ = 0;
  PathContexts contexts_{};
};

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
