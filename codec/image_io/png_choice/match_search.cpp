// A match is followed while it costs no more than literals would; every length of it is offered.
#include "match_search.hpp"

#include <algorithm>

#include "match_hash.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t hash_bits = 16;
constexpr std::size_t chain_size = std::size_t{1} << hash_bits;
constexpr std::size_t long_key_bytes = 8;
/// A match ends where it is worse by more than literals for the same bytes.
constexpr std::int64_t slack_bits = 40;
/// In filtered rows, whose literals cost little, it is given up earlier.
constexpr std::int64_t filtered_slack_bits = 16;
/// Or where it is worse by more than another one from the same place. Where a bit is dear all matches pay, and to
/// follow each of them to its end takes most of the time.
constexpr std::int64_t rival_slack_bits = 12;
/// A match of this length that loses next to nothing is taken, and what it covers not searched.
constexpr std::size_t certain_match = 32;

}  // namespace

MatchSearch::MatchSearch(const ByteDistances& distances, std::span<const SearchCosts> costs, const MatchEffort& effort,
                         std::size_t stride)
    : distances_(distances),
      costs_(costs),
      effort_(effort),
      stride_(stride),
      rival_slack_(std::int64_t{costs[0].bit} * rival_slack_bits) {}

/// The cheapest literal after what is in place: its byte is what remains after the prediction.
ByteDistances::Literal MatchSearch::literal_at(std::size_t place, std::uint8_t start) const noexcept {
  const std::uint8_t predicted = bytes_.predict(place);
  ByteDistances::Literal literal =
      distances_.cheapest_literal(place, start, costs_at(place).literals, cost_unit * weights_[place], predicted);
  literal.byte = static_cast<std::uint8_t>(literal.byte - predicted);
  literal.cost -= nearest_[place] * (weights_[place] - 1) * cost_unit;  // so that the least error counts once
  return literal;
}

/// In filtered rows these are guesses, from the pass before.
void MatchSearch::price_literals(const Strip& strip) {
  const std::span<const std::uint8_t> literals = strip.literals;
  weights_ = strip.weights;
  literals_.resize(literals.size());
  nearest_.resize(literals.size());
  bound_.assign(literals.size() + 1, 0);
  least_.assign(literals.size() + 1, 0);
  for (std::size_t i = 0; i < literals.size(); ++i) {
    const bool is_repeated = i % region_bytes != 0 && literals[i] == literals[i - 1] &&
                             weights_[i] == weights_[i - 1] && distances_.are_alike(i - 1, i);
    nearest_[i] = is_repeated ? nearest_[i - 1] : distances_.distance(i, literals[i]);
    if (is_repeated && !bytes_.is_filtered(i) && !bytes_.is_filtered(i - 1))
      literals_[i] = literals_[i - 1];
    else
      literals_[i] = literal_at(i, literals[i]);
    bound_[i + 1] = bound_[i] + literals_[i].cost;
    least_[i + 1] = least_[i] + nearest_[i] * std::int64_t{cost_unit};
  }
}

/// Writes the bytes of the best path to `place` behind the final ones.
void MatchSearch::build_path(std::size_t place) {
  if (place > committed_ && nodes_[place].distance == 0 && built_ + 1 == place) {
    bytes_.put(built_++, literals_[place - 1].byte);
    return;
  }
  built_ = place;
  path_.clear();
  for (std::size_t at = place; at > committed_; at -= nodes_[at].length) path_.push_back(at);
  for (std::size_t i = path_.size(); i-- > 0;) {
    const Node& node = nodes_[path_[i]];
    const std::size_t begin = path_[i] - node.length;
    if (node.distance == 0)
      bytes_.put(begin, literals_[begin].byte);
    else
      for (std::size_t at = begin; at < path_[i]; ++at)
        bytes_.put(at, *(bytes_.residuals(at) - static_cast<std::ptrdiff_t>(node.distance)));
  }
}

/// Whether a match of this length from `place` is too much worse than one before.
bool MatchSearch::is_beaten(std::size_t place, std::size_t length, std::int64_t cost) {
  Rival& rival = rivals_[length];
  if (rival.place != place || cost < rival.cost) {
    rival = {place, cost};
    return false;
  }
  return cost > rival.cost + rival_slack_;
}

/// Follows a match from `place` while it is no worse than literals, and offers every length of it.
void MatchSearch::extend_from(std::size_t place, std::size_t distance) {
  const std::uint8_t* source = bytes_.residuals(place) - static_cast<std::ptrdiff_t>(distance);
  const Node from = nodes_[place];
  // A match that could have begun a step earlier is no better here.
  if (from.distance == distance && from.length < longest_match) return;
  const std::size_t longest = std::min<std::size_t>(longest_match, literals_.size() - place);
  const SearchCosts& costs = costs_at(place);
  const std::int64_t price = costs.distances[distance_symbol(static_cast<std::uint32_t>(distance))];
  const std::int64_t most = from.cost - price - bound_[place] + slack_;
  std::int64_t cost = from.cost;
  std::size_t from_source = 0;
  for (std::size_t t = 0; t < longest; ++t) {
    cost += weighted_distance(place + t, bytes_.restore(place + t, source[from_source]));
    if (++from_source == distance) from_source = 0;
    if (cost > most + bound_[place + t + 1]) break;
    if (t + 1 < shortest_match) continue;
    if (is_beaten(place, t + 1, cost + price)) break;
    Node& node = nodes_[place + t + 1];
    const std::int64_t whole = cost + price + costs.lengths[t + 1];
    if (node.length == 0 || whole < node.cost)
      node = {whole, static_cast<std::uint32_t>(distance), static_cast<std::uint16_t>(t + 1)};
    if (t + 1 >= certain_match && cost - from.cost <= least_[place + t + 1] - least_[place] + costs.bit)
      skip_to_ = std::max(skip_to_, place + t + 1);
  }
}

/// Follows the matches of a chain whose wanted bytes are equal for longer than those of all nearer ones.
void MatchSearch::try_chain(std::size_t place, const Chains& chains, std::uint32_t hash, std::uint32_t most) {
  std::int32_t at = chains.heads[hash];
  std::size_t longest = 0;
  for (std::uint32_t i = 0; i < most && at >= 0; ++i) {
    const auto source = static_cast<std::size_t>(at);
    const std::size_t distance = window_ + place - source;
    if (distance > farthest_match) return;
    const std::size_t most_equal = std::min(std::size_t{longest_match}, literals_.size() - place);
    const auto differ =
        std::mismatch(wanted_.begin() + at, wanted_.begin() + at + static_cast<std::ptrdiff_t>(most_equal),
                      wanted_.begin() + static_cast<std::ptrdiff_t>(window_ + place));
    const auto equal = static_cast<std::size_t>(differ.first - wanted_.begin()) - source;
    if (equal > longest) {
      longest = equal;
      extend_from(place, distance);
    }
    at = chains.previous[source % chain_size];
  }
}

void MatchSearch::extend(std::size_t place) {
  build_path(place);
  insert_hashes(window_ + place);
  if (bytes_.is_filtered(place)) literals_[place] = literal_at(place, starts_[place]);
  const std::int64_t literal = nodes_[place].cost + literals_[place].cost;
  Node& next = nodes_[place + 1];
  if (next.length == 0 || literal < next.cost) next = {literal, 0, 1};
  for (std::size_t distance = 1; distance <= std::min<std::size_t>(effort_.near, place + window_); ++distance)
    extend_from(place, distance);
  for (std::uint32_t k = 1; k <= effort_.rows; ++k)
    for (std::size_t shift = 0; shift <= std::size_t{2} * effort_.reach; ++shift) {
      const std::size_t distance = k * stride_ + shift - effort_.reach;
      if (distance > effort_.near && distance <= farthest_match && distance <= window_ + place)
        extend_from(place, distance);
    }
  const std::uint8_t* wanted = wanted_.data() + window_ + place;
  try_chain(place, long_, hash_of_eight(wanted, hash_bits), effort_.long_chain);
  try_chain(place, short_, hash_of_four(wanted, hash_bits), effort_.chain);
}

/// Puts the places before `end` into the chains.
void MatchSearch::insert_hashes(std::size_t end) {
  for (; hashed_ < end; ++hashed_) {
    const auto insert = [&](Chains& chains, std::uint32_t hash) {
      chains.previous[hashed_ % chain_size] = chains.heads[hash];
      chains.heads[hash] = static_cast<std::int32_t>(hashed_);
    };
    insert(short_, hash_of_four(wanted_.data() + hashed_, hash_bits));
    insert(long_, hash_of_eight(wanted_.data() + hashed_, hash_bits));
  }
}

/// Makes the best path to the frontier final, up to the first of its steps that ends at `target` or beyond. Paths that
/// do not go through there end.
void MatchSearch::commit(std::size_t target, std::size_t frontier, std::span<SymbolCounts> counts) {
  std::size_t best = frontier;
  while (nodes_[best].length == 0) ++best;
  built_ = literals_.size() + 1;  // so that path_ has all steps
  build_path(best);
  // The last step may become longer, unless all is done.
  const std::size_t open_steps = frontier == literals_.size() ? 0 : 1;
  for (; committed_ < target && path_.size() > open_steps; path_.pop_back()) {
    committed_ = path_.back();
    const Node& node = nodes_[committed_];
    counts[(committed_ - node.length) / region_bytes].add(
        node.distance == 0 ? DeflateStep{0, literals_[committed_ - 1].byte}
                           : DeflateStep{node.length, static_cast<std::uint16_t>(node.distance - 1)});
  }
  const std::size_t last = std::min(literals_.size(), frontier + longest_match);
  for (std::size_t place = committed_ + 1; place <= last; ++place) {
    Node& node = nodes_[place];
    const std::size_t begin = place - node.length;
    if (begin < committed_ || (begin > committed_ && nodes_[begin].length == 0)) node.length = 0;
  }
  if (skip_to_ > best && nodes_[skip_to_].length == 0) skip_to_ = best;  // the match was not on the best path
}

std::vector<std::uint8_t> MatchSearch::search(const Strip& strip, std::span<SymbolCounts> counts) {
  const std::span<const std::uint8_t> wanted = strip.wanted;
  const std::span<const std::uint8_t> literals = strip.literals;
  window_ = wanted.size() - literals.size();
  bytes_.reset(wanted, strip.packed, strip.filters, window_, stride_);
  slack_ = std::int64_t{costs_[0].bit} * (bytes_.has_filters() ? filtered_slack_bits : slack_bits);
  starts_.assign(literals.begin(), literals.end());
  price_literals(strip);
  wanted_.assign(wanted.begin(), wanted.end());
  wanted_.resize(wanted_.size() + long_key_bytes);
  nodes_.assign(literals.size() + 1, {});
  hashed_ = 0;
  for (Chains* chains : {&short_, &long_}) {
    chains->heads.assign(chain_size, -1);
    chains->previous.assign(chain_size, -1);
  }
  rivals_.fill({});
  skip_to_ = 0;
  committed_ = 0;
  built_ = 0;
  for (std::size_t frontier = 0; committed_ < literals.size();) {
    const std::size_t next = std::min(literals.size(), frontier + commit_bytes);
    for (; frontier < next; ++frontier)
      if ((frontier == 0 || nodes_[frontier].length != 0) && frontier >= skip_to_) extend(frontier);
    const std::size_t target = frontier == literals.size() ? frontier : frontier - std::min(frontier, ahead_bytes);
    if (target > committed_) commit(target, frontier, counts);
  }
  return bytes_.bytes();
}

}  // namespace vqi::detail
