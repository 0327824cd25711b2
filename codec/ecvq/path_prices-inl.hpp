// PathPrices: what each position would cost the model "balanced" for one vector, without letting the model learn.
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

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "balanced_coder-inl.hpp"
#include "balanced_contexts.hpp"
#include "bit_cost.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

/// Prices of the flag of a flat neighbourhood and of paths down the tree, in 1/1024 bit. A node that several paths
/// share is priced once.
class PathPrices {
 public:
  PathPrices(const BalancedTables& tables, BalancedState& state)
      : tree_(tables.tree), prediction_(tables.prediction), state_(state), nodes_(tree_.leaves()) {}

  /// Moves to the vector that `at` surrounds; `level` is the error level of predictions there.
  void begin(const Surroundings& at, std::uint32_t level) {
    if (++visit_ == 0) {
      for (Node& node : nodes_) node.visit = node.group_visit = 0;
      visit_ = 1;
    }
    at_ = at;
    level_ = level;
    flat_ = at.flat();
    paths_ready_ = false;
    if (!flat_) return;
    const FlatNeighbours beyond(at.row, at.above, at.two_above);
    const std::int32_t logit = mixed_logit<6>(flat_flag_contexts(at, beyond, state_));
    same_ = bit_cost(logit, true);
    different_ = bit_cost(logit, false);
  }

  /// More than any path costs.
  static constexpr std::uint64_t no_limit = std::numeric_limits<std::uint32_t>::max();

  /// What `position` costs here; of one that costs more than `limit` some price above it.
  std::uint64_t price(std::uint32_t position, std::uint64_t limit = no_limit) {
    if (!flat_) return path_price(position, 0, limit);
    return position == at_.above[0] ? same_ : path_price(position, different_, limit);
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
    PathGroups<const Counter*> groups{};
  };

  void prepare_paths() {
    if (paths_ready_) return;
    paths_ready_ = true;
    predicted_ = prediction_.predict(at_.row, at_.above, at_.two_above);
    contexts_ = path_contexts(at_);
  }

  /// `price` and that of the path, followed until their sum is above `limit`.
  std::uint64_t path_price(std::uint32_t position, std::uint64_t price, std::uint64_t limit) {
    prepare_paths();
    const Node* top = nullptr;
    for (BalancedPath path(tree_, at_, predicted_, level_, flat_); !path.ended() && price <= limit;) {
      if (path.begins_group()) top = &find_groups(path.node());
      Node& node = nodes_[path.node()];
      if (node.visit != visit_) {
        node.visit = visit_;
        BitContexts<const Counter*> bit;
        path.choose_contexts(state_, top->groups, bit);
        node.logit = mixed_logit<8>(bit);
      }
      const bool bit = path.bit_of(position);
      price += bit_cost(node.logit, bit);
      path.follow(bit);
    }
    return price;
  }

  /// The node, with the groups of its contexts as the model would find them.
  HWY_INLINE const Node& find_groups(std::uint32_t number) {
    Node& node = nodes_[number];
    if (node.group_visit == visit_) return node;
    node.group_visit = visit_;
    for (std::size_t i = 0; i < contexts_.size(); ++i)
      node.groups[i] = state_.groups[i].peek(state_.groups[i].key_of(mix(contexts_[i], number)));
    return node;
  }

  template <std::size_t Count, class CounterPointer>
  static HWY_INLINE std::int32_t mixed_logit(const BitContexts<CounterPointer>& contexts) {
    return mix_counters(CounterLanes<Count>(contexts.counters), contexts.first_weights, contexts.second_weights).logit;
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
