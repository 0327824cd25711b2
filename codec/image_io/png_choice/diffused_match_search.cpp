// A match is followed while it costs no more than literals would; every length of it is offered.
#include "diffused_match_search.hpp"

#include <algorithm>

#include "match_hash.hpp"
#include "png_rows.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t hash_bits = 16;
constexpr std::size_t chain_size = std::size_t{1} << hash_bits;
constexpr std::size_t key_bytes = 4;
/// A match ends where it is worse by more than literals for the same bytes.
constexpr std::int64_t slack_bits = 12;
/// A match of this length that loses next to nothing is taken, and what it covers not searched.
constexpr std::size_t certain_match = 32;
constexpr std::int64_t forbidden_cost = std::int64_t{forbidden_distance} * cost_unit;

}  // namespace

DiffusedMatchSearch::DiffusedMatchSearch(const DiffusedTargets& targets, const IndexColours& colours,
                                         const SearchCosts& costs, const MatchEffort& effort, std::uint32_t width_px,
                                         std::uint32_t depth, std::span<const std::uint8_t> window)
    : targets_(targets),
      colours_(colours),
      costs_(costs),
      effort_(effort),
      width_(width_px),
      depth_(depth),
      stride_(packed_row_bytes(width_px, depth) + 1),
      bytes_(window.begin(), window.end()),
      begin_(window.size()),
      nodes_(stride_ + 1),
      bound_(stride_ + 1),
      least_(stride_ + 1),
      heads_(chain_size, -1),
      previous_(chain_size, -1) {}

/// The cost of a byte's pixels, and what they leave.
std::int64_t DiffusedMatchSearch::step(std::size_t place, std::uint8_t byte, CarriedError& carried) const noexcept {
  if (place == 0) return byte == 0 ? 0 : forbidden_cost;  // the filter's byte
  auto x = static_cast<std::uint32_t>((place - 1) * (8 / depth_));
  const std::uint32_t mask = (1U << depth_) - 1;
  std::int64_t sum = 0;
  for (std::uint32_t shift = 8; shift > 0 && x < width_; ++x) {
    shift -= depth_;
    const auto index = static_cast<std::uint8_t>(static_cast<std::uint32_t>(byte) >> shift & mask);
    if (index >= colours_.size()) return forbidden_cost;
    sum += targets_.distance(x, index, carried);
    carried = targets_.carried(x, index, carried);
  }
  return sum;
}

std::uint8_t DiffusedMatchSearch::nearest_byte(std::size_t place, CarriedError carried) const noexcept {
  if (place == 0) return 0;
  auto x = static_cast<std::uint32_t>((place - 1) * (8 / depth_));
  std::uint32_t byte = 0;
  for (std::uint32_t shift = 8; shift > 0 && x < width_; ++x) {
    shift -= depth_;
    const std::uint8_t index = targets_.nearest(x, carried);
    byte |= std::uint32_t{index} << shift;
    carried = targets_.carried(x, index, carried);
  }
  return static_cast<std::uint8_t>(byte);
}

/// What a plain dither of the row would cost.
void DiffusedMatchSearch::bound() {
  CarriedError carried;
  for (std::size_t place = 0; place < stride_; ++place) {
    const std::uint8_t byte = nearest_byte(place, carried);
    const std::int64_t distance = step(place, byte, carried);
    bound_[place + 1] = bound_[place] + distance + costs_.literals[byte];
    least_[place + 1] = least_[place] + distance;
  }
}

/// Writes the bytes of the best path to `place` behind the rows that are final.
void DiffusedMatchSearch::build_path(std::size_t place) {
  if (place > 0 && nodes_[place].distance == 0 && built_ + 1 == place) {
    bytes_[begin_ + built_++] = nodes_[place].literal;
    return;
  }
  built_ = place;
  path_.clear();
  for (std::size_t at = place; at > 0; at -= nodes_[at].length) path_.push_back(at);
  for (std::size_t i = path_.size(); i-- > 0;) {
    const Node& node = nodes_[path_[i]];
    std::uint8_t* bytes = bytes_.data() + begin_ + path_[i] - node.length;
    if (node.distance == 0)
      *bytes = node.literal;
    else
      for (std::uint32_t t = 0; t < node.length; ++t) bytes[t] = *(bytes + t - node.distance);
  }
}

void DiffusedMatchSearch::offer_literals(std::size_t place) {
  const Node from = nodes_[place];
  Node& next = nodes_[place + 1];
  const auto offer = [&](std::uint8_t byte) {
    CarriedError carried = from.carried;
    const std::int64_t cost = from.cost + step(place, byte, carried) + costs_.literals[byte];
    if (next.length == 0 || cost < next.cost) next = {cost, 0, 1, byte, carried};
  };
  const std::uint8_t start = nearest_byte(place, from.carried);
  offer(start);
  if (place == 0) return;
  const std::uint32_t mask = (1U << depth_) - 1;
  for (std::uint32_t shift = 0; shift < 8; shift += depth_) {
    const std::uint32_t index = start >> shift & mask;
    if (index >= colours_.size()) continue;  // padding
    const std::span<const std::uint8_t> near = colours_.near(index);
    for (const std::uint8_t other : near.first(std::min<std::size_t>(near.size(), std::size_t{2} * depth_)))
      if (other != index)
        offer(static_cast<std::uint8_t>((start & ~(mask << shift)) | static_cast<std::uint32_t>(other) << shift));
  }
}

/// Follows a match from `place` while it is no worse than literals, and offers every length of it.
void DiffusedMatchSearch::extend_from(std::size_t place, std::size_t distance) {
  const std::uint8_t* source = bytes_.data() + begin_ + place - distance;
  const Node from = nodes_[place];
  // A match that could have begun a step earlier in the row is no better here.
  if (place > 0 && from.distance == distance && from.length < longest_match) return;
  if (place > 0 && from.distance == 0 && distance < begin_ + place && from.literal == *(source - 1)) return;
  const std::size_t longest = std::min<std::size_t>(longest_match, stride_ - place);
  const std::int64_t price = costs_.distances[distance_symbol(static_cast<std::uint32_t>(distance))];
  const std::int64_t most = from.cost - price - bound_[place] + std::int64_t{costs_.bit} * slack_bits;
  std::int64_t cost = from.cost;
  CarriedError carried = from.carried;
  std::size_t from_source = 0;
  for (std::size_t t = 0; t < longest; ++t) {
    cost += step(place + t, source[from_source], carried);
    if (++from_source == distance) from_source = 0;
    if (cost > most + bound_[place + t + 1]) break;
    if (t + 1 < shortest_match) continue;
    Node& node = nodes_[place + t + 1];
    const std::int64_t whole = cost + price + costs_.lengths[t + 1];
    if (node.length == 0 || whole < node.cost)
      node = {whole, static_cast<std::uint32_t>(distance), static_cast<std::uint16_t>(t + 1), 0, carried};
    if (t + 1 >= certain_match && cost - from.cost <= least_[place + t + 1] - least_[place] + costs_.bit)
      skip_to_ = std::max(skip_to_, place + t - 1);
  }
}

/// Follows the matches that agree with the bytes wanted for longer than all nearer ones.
void DiffusedMatchSearch::try_chain(std::size_t place, std::span<const std::uint8_t> wanted) {
  if (place + key_bytes > stride_) return;
  std::int32_t at = heads_[hash_of_four(wanted.data() + place, hash_bits)];
  std::size_t longest = 0;
  for (std::uint32_t i = 0; i < effort_.chain + effort_.long_chain && at >= 0; ++i) {
    const auto source = static_cast<std::size_t>(at);
    const std::size_t distance = begin_ + place - source;
    if (distance > farthest_match) return;
    const std::size_t most = std::min(std::size_t{longest_match}, std::min(stride_ - place, begin_ - source));
    std::size_t equal = 0;
    while (equal < most && bytes_[source + equal] == wanted[place + equal]) ++equal;
    if (equal > longest) {
      longest = equal;
      extend_from(place, distance);
    }
    at = previous_[source % chain_size];
  }
}

/// Makes the best path final, and puts its places into the chains.
void DiffusedMatchSearch::finish_row(SymbolCounts& counts) {
  built_ = stride_ + 1;  // so that path_ has all steps
  build_path(stride_);
  for (std::size_t i = path_.size(); i-- > 0;) {
    const Node& node = nodes_[path_[i]];
    counts.add(node.distance == 0 ? DeflateStep{0, node.literal}
                                  : DeflateStep{node.length, static_cast<std::uint16_t>(node.distance - 1)});
  }
  const std::size_t first = begin_ - std::min(begin_, key_bytes - 1);
  for (std::size_t place = first; place + key_bytes <= begin_ + stride_; ++place) {
    std::int32_t& head = heads_[hash_of_four(bytes_.data() + place, hash_bits)];
    previous_[place % chain_size] = head;
    head = static_cast<std::int32_t>(place);
  }
}

std::span<const std::uint8_t> DiffusedMatchSearch::search(std::span<const std::uint8_t> wanted, SymbolCounts& counts) {
  bytes_.resize(begin_ + stride_);
  std::fill(nodes_.begin(), nodes_.end(), Node{});
  bound();
  skip_to_ = 0;
  built_ = 0;
  for (std::size_t place = 0; place < stride_; ++place) {
    if ((place > 0 && nodes_[place].length == 0) || place < skip_to_) continue;
    build_path(place);
    offer_literals(place);
    const std::size_t before = begin_ + place;
    for (std::size_t distance = 1; distance <= std::min<std::size_t>(effort_.near, before); ++distance)
      extend_from(place, distance);
    for (std::uint32_t k = 1; k <= effort_.rows; ++k)
      for (std::size_t shift = 0; shift <= std::size_t{2} * effort_.reach; ++shift) {
        const std::size_t distance = k * stride_ + shift - effort_.reach;
        if (distance > effort_.near && distance <= farthest_match && distance <= before) extend_from(place, distance);
      }
    try_chain(place, wanted);
  }
  finish_row(counts);
  const std::span<const std::uint8_t> row = std::span<const std::uint8_t>(bytes_).subspan(begin_, stride_);
  begin_ += stride_;
  return row;
}

}  // namespace vqi::detail
