// Survivors are offered to the positions that a literal or a run of residuals reaches.
#include "residual_search.hpp"

#include <algorithm>

#include "png_rows.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t run_distances = 2;
/// A run of this length without loss to speak of is taken, and what it covers not searched.
constexpr std::uint32_t certain_run = 40;

}  // namespace

template <typename Targets>
ResidualSearch<Targets>::ResidualSearch(const IndexColours& colours, const Targets& targets, const SearchCosts& costs,
                                        const ResidualEffort& effort, std::uint32_t width_px)
    : colours_(colours),
      targets_(targets),
      costs_(costs),
      effort_(effort),
      width_(width_px),
      cheapest_literal_(*std::min_element(costs.literals.begin(), costs.literals.end())),
      nodes_((std::size_t{width_px} + 1) * effort.survivors),
      count_(std::size_t{width_px} + 1),
      bound_(std::size_t{width_px} + 1),
      loss_free_(std::size_t{width_px} + 1),
      below_distance_(width_px) {}

template <typename Targets>
std::uint8_t ResidualSearch<Targets>::predict(const Row& row, std::uint32_t x, std::uint8_t left) const {
  if (row.above == nullptr) return left;
  return paeth_prediction(left, row.above[x], x > 0 ? row.above[x - 1] : 0);
}

template <typename Targets>
typename ResidualSearch<Targets>::Candidate ResidualSearch<Targets>::candidate_at(std::uint32_t x, std::uint8_t index,
                                                                                  const Carried& carried) const {
  return {targets_.distance(x, index, carried), index};
}

/// What `index`, right of `left`, makes the pixel below cost: that keeps its index of the pass before, or takes the
/// predicted one where this is cheaper.
template <typename Targets>
std::int32_t ResidualSearch<Targets>::below_cost(const Row& row, std::uint32_t x, std::uint8_t left,
                                                 std::uint8_t index) const {
  if (row.below == nullptr) return 0;
  const std::uint8_t now = row.below[x];
  const std::uint8_t predicted = paeth_prediction(x > 0 ? row.below[x - 1] : 0, index, left);
  if (predicted == now) return costs_.literals[0];
  const std::int32_t keep = costs_.literals[static_cast<std::uint8_t>(now - predicted)];
  if (predicted >= colours_.size() || keep <= costs_.literals[0]) return keep;
  const std::int32_t distance = colours_.distance(row.pixels_below[x], predicted) * cost_unit;
  return std::min(keep, costs_.literals[0] + std::max(0, distance - below_distance_[x]));
}

template <typename Targets>
void ResidualSearch<Targets>::offer(std::uint32_t x, const Node& node) {
  Node* nodes = nodes_.data() + std::size_t{x} * effort_.survivors;
  std::uint8_t& count = count_[x];
  if (count == effort_.survivors && node.cost >= nodes[count - 1].cost) return;
  std::uint32_t at = 0;
  while (at < count && nodes[at].index != node.index) ++at;
  if (at < count) {
    if (nodes[at].cost <= node.cost) return;
  } else if (count < effort_.survivors) {
    at = count++;
  } else {
    at = count - 1U;
  }
  for (; at > 0 && nodes[at - 1].cost > node.cost; --at) nodes[at] = nodes[at - 1];
  nodes[at] = node;
}

template <typename Targets>
void ResidualSearch<Targets>::bound(const Row& row) {
  if (row.below != nullptr)
    for (std::uint32_t x = 0; x < width_; ++x)
      below_distance_[x] = colours_.distance(row.pixels_below[x], row.below[x]) * cost_unit;
  std::uint8_t left = 0;
  bound_[0] = loss_free_[0] = 0;
  for (std::uint32_t x = 0; x < width_; ++x) {
    const std::uint8_t index = targets_.nearest(x, {});
    const std::uint8_t residual = static_cast<std::uint8_t>(index - predict(row, x, left));
    const std::int32_t literal = costs_.literals[residual];
    const std::int32_t distance = targets_.distance(x, index, {});
    bound_[x + 1] = bound_[x] + distance + literal + below_cost(row, x, left, index);
    loss_free_[x + 1] = loss_free_[x] + distance + (row.below != nullptr ? costs_.literals[0] : 0);
    left = index;
  }
}

/// The colours tried at x by distance.
template <typename Targets>
void ResidualSearch<Targets>::gather(std::uint32_t x, const Carried& carried) {
  const std::span<const std::uint8_t> near = colours_.near(targets_.nearest(x, carried));
  candidates_.clear();
  for (const std::uint8_t index : near.first(std::min(effort_.literals, near.size()))) {
    const Candidate candidate = candidate_at(x, index, carried);
    std::size_t at = candidates_.size();
    candidates_.push_back(candidate);
    for (; at > 0 && candidates_[at - 1].distance > candidate.distance; --at) candidates_[at] = candidates_[at - 1];
    candidates_[at] = candidate;
  }
}

template <typename Targets>
void ResidualSearch<Targets>::extend_by_literals(const Row& row, std::uint32_t x, std::uint32_t slot) {
  const Node from = nodes_[std::size_t{x} * effort_.survivors + slot];
  const std::uint8_t predicted = predict(row, x, from.index);
  const Node* next = nodes_.data() + (std::size_t{x} + 1) * effort_.survivors;
  const std::uint8_t& next_count = count_[x + 1];
  const auto offer_literal = [&](const Candidate& candidate) {
    const auto residual = static_cast<std::uint8_t>(candidate.index - predicted);
    const std::int64_t cost = from.cost + candidate.distance + costs_.literals[residual];
    if (next_count == effort_.survivors && cost >= next[next_count - 1].cost) return;
    offer(x + 1, {cost + below_cost(row, x, from.index, candidate.index), static_cast<std::int32_t>(x), 0,
                  static_cast<std::uint8_t>(slot), 0, candidate.index, residual, from.byte1,
                  targets_.carried(x, candidate.index, from.carried)});
  };
  if (predicted < colours_.size()) offer_literal(candidate_at(x, predicted, from.carried));
  for (const Candidate& candidate : candidates_) {
    if (next_count == effort_.survivors &&
        from.cost + candidate.distance + cheapest_literal_ >= next[next_count - 1].cost)
      break;
    offer_literal(candidate);
  }
  offer_literal(candidate_at(x, from.index, from.carried));
  if (row.above != nullptr) offer_literal(candidate_at(x, row.above[x], from.carried));
}

template <typename Targets>
void ResidualSearch<Targets>::extend_by_runs(const Row& row, std::uint32_t x, std::uint32_t slot) {
  const Node from = nodes_[std::size_t{x} * effort_.survivors + slot];
  const std::int64_t best = nodes_[std::size_t{x} * effort_.survivors].cost;
  const std::int64_t slack = std::int64_t{costs_.bit} * effort_.slack_bits;
  for (std::uint32_t distance = 1; distance <= run_distances && distance <= x; ++distance) {
    // A run that could have begun a step earlier is no better here.
    if (from.length != 0 && from.distance == distance && from.length < longest_match) continue;
    if (from.length == 0 && x > 1 && from.byte1 == from.byte2) break;
    std::int64_t cost = from.cost;
    std::uint8_t left = from.index;
    std::uint8_t byte1 = from.byte1;
    std::uint8_t byte2 = from.byte2;
    Carried carried = from.carried;
    const std::int32_t price = costs_.distances[distance - 1];
    const std::uint32_t longest = std::min(longest_match, width_ - x);
    for (std::uint32_t t = 0; t < longest; ++t) {
      const std::uint32_t at = x + t;
      const std::uint8_t residual = distance == 1 ? byte1 : byte2;
      const auto index = static_cast<std::uint8_t>(predict(row, at, left) + residual);
      if (index >= colours_.size()) break;
      cost += targets_.distance(at, index, carried);
      cost += below_cost(row, at, left, index);
      carried = targets_.carried(at, index, carried);
      byte2 = byte1;
      byte1 = residual;
      left = index;
      if (cost + price > best + bound_[at + 1] - bound_[x] + slack) break;
      if (t + 1 < shortest_match) continue;
      offer(at + 1,
            {cost + price + costs_.lengths[t + 1], static_cast<std::int32_t>(x), static_cast<std::uint16_t>(t + 1),
             static_cast<std::uint8_t>(slot), static_cast<std::uint8_t>(distance), index, byte1, byte2, carried});
      if (slot == 0 && t + 1 >= certain_run && cost - from.cost <= loss_free_[at + 1] - loss_free_[x] + costs_.bit)
        skip_to_ = std::max(skip_to_, at + 1);
    }
  }
}

template <typename Targets>
void ResidualSearch<Targets>::trace(const Row& row, SymbolCounts& counts) {
  path_.clear();
  std::size_t slot = 0;
  for (std::size_t x = width_; x > 0;) {
    const Node& node = nodes_[x * effort_.survivors + slot];
    path_.push_back(node);
    x = static_cast<std::size_t>(node.from);
    slot = node.slot;
  }
  std::uint32_t x = 0;
  std::uint8_t byte1 = 0;
  std::uint8_t byte2 = 0;
  for (std::size_t i = path_.size(); i-- > 0;) {
    const Node& node = path_[i];
    const std::uint32_t length = std::max<std::uint32_t>(1, node.length);
    for (std::uint32_t t = 0; t < length; ++t, ++x) {
      const std::uint8_t predicted = predict(row, x, x > 0 ? row.chosen[x - 1] : 0);
      const std::uint8_t residual = node.length == 0     ? static_cast<std::uint8_t>(node.index - predicted)
                                    : node.distance == 1 ? byte1
                                                         : byte2;
      row.chosen[x] = static_cast<std::uint8_t>(predicted + residual);
      byte2 = byte1;
      byte1 = residual;
    }
    if (node.length == 0)
      counts.add(DeflateStep{0, byte1});
    else
      counts.add(DeflateStep{node.length, static_cast<std::uint16_t>(node.distance - 1)});
  }
}

template <typename Targets>
void ResidualSearch<Targets>::search(const Row& row, SymbolCounts& counts) {
  bound(row);
  std::fill(count_.begin(), count_.end(), std::uint8_t{0});
  skip_to_ = 0;
  offer(0, {});
  for (std::uint32_t x = 0; x < width_; ++x) {
    if (count_[x] == 0 || x < skip_to_) continue;
    if constexpr (!Targets::diffuses) gather(x, {});
    const Node* nodes = nodes_.data() + std::size_t{x} * effort_.survivors;
    const std::int64_t worst = nodes[0].cost + std::int64_t{costs_.bit} * effort_.slack_bits;
    for (std::uint32_t slot = 0; slot < count_[x] && nodes[slot].cost <= worst; ++slot) {
      if constexpr (Targets::diffuses) gather(x, nodes[slot].carried);
      extend_by_literals(row, x, slot);
      extend_by_runs(row, x, slot);
    }
  }
  ++counts.main[static_cast<std::size_t>(RowFilter::paeth)];
  trace(row, counts);
}

template class ResidualSearch<PlainTargets>;
template class ResidualSearch<DiffusedTargets>;

}  // namespace vqi::detail
