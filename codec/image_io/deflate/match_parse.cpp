// Costs run from the end, over all matches of each place.
#include "match_parse.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "deflate_blocks.hpp"
#include "match_tree.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t first_blocks = 128;

/// Up to here passes in a hurry try every length.
constexpr std::uint32_t short_length = 18;

/// The next length that a pass in a hurry tries after each one.
std::array<std::uint16_t, longest_match + 1> next_lengths() {
  std::array<std::uint16_t, longest_match + 1> next{};
  for (std::uint32_t length = shortest_match; length <= longest_match; ++length)
    next[length] = static_cast<std::uint16_t>(
        length <= short_length ? length - 1
                               : std::max<std::uint32_t>(length_bases[length_symbol(length)] - 1U, short_length));
  return next;
}

/// Bytes that share their prices.
struct PriceRegion {
  std::size_t end = 0;
  SymbolPrices prices;
  std::array<std::int32_t, longest_match + 1> lengths{};  // the same prices, as costs are
};

PriceRegion region_of(std::size_t end, const SymbolCounts& counts) {
  PriceRegion region{end, symbol_prices(counts)};
  std::copy(region.prices.lengths.begin(), region.prices.lengths.end(), region.lengths.begin());
  return region;
}

class Parser {
 public:
  Parser(std::span<const std::uint8_t> bytes, std::size_t begin, std::size_t end, std::uint32_t depth,
         const std::function<void()>& poll)
      : bytes_(bytes), begin_(begin), end_(end), poll_(poll) {
    const std::size_t window = begin - std::min<std::size_t>(begin, farthest_match);
    MatchTree tree(bytes.subspan(window, end - window), depth);
    std::vector<WindowMatch> before;
    for (std::size_t place = window; place < begin; ++place) {
      before.clear();
      tree.look_up(place - window, before);
    }
    first_match_.reserve(end - begin + 1);
    for (std::size_t place = begin; place < end; ++place) {
      if (place % places_between_polls == 0) poll();
      first_match_.push_back(static_cast<std::uint32_t>(matches_.size()));
      tree.look_up(place - window, matches_);
    }
    first_match_.push_back(static_cast<std::uint32_t>(matches_.size()));
  }

  /// The cheapest steps by a guess of prices. From where matches are overrated, as in a parse of the longest ones,
  /// passes come back slowly: in rows of mostly zeros each saves little.
  [[nodiscard]] std::vector<DeflateStep> first_steps() {
    const PriceRegion whole = region_of(end_, guessed_counts(bytes_.subspan(begin_, end_ - begin_)));
    return cheapest_steps(std::span(&whole, 1), false);
  }

  /// The regions of blocks, by the bytes of their steps.
  [[nodiscard]] std::vector<PriceRegion> regions_of(std::span<const DeflateStep> steps,
                                                    std::span<const DeflateBlock> blocks) const {
    std::vector<PriceRegion> regions;
    std::size_t place = begin_;
    for (const DeflateBlock& block : blocks) {
      for (const DeflateStep& step : steps.subspan(block.begin, block.end - block.begin))
        place += std::max<std::size_t>(1, step.length);
      regions.push_back(region_of(place, block.counts));
    }
    return regions;
  }

  [[nodiscard]] std::vector<DeflateStep> cheapest_steps(std::span<const PriceRegion> regions, bool tries_all) {
    costs_.assign(end_ - begin_ + 1, 0);
    choices_.resize(end_ - begin_);
    std::size_t place = end_;
    for (std::size_t i = regions.size(); i-- > 0;) {
      poll_();
      const std::size_t region_begin = i == 0 ? begin_ : regions[i - 1].end;
      while (place > region_begin) choose(--place, regions[i], tries_all);
    }
    std::vector<DeflateStep> steps;
    for (place = begin_; place < end_; place += std::max<std::size_t>(1, steps.back().length))
      steps.push_back(choices_[place - begin_]);
    return steps;
  }

 private:
  static constexpr std::size_t places_between_polls = std::size_t{1} << 14;

  [[nodiscard]] std::span<const WindowMatch> matches_at(std::size_t place) const {
    const std::size_t first = first_match_[place - begin_];
    return {matches_.data() + first, first_match_[place - begin_ + 1] - first};
  }

  void choose(std::size_t place, const PriceRegion& region, bool tries_all) {
    static const std::array<std::uint16_t, longest_match + 1> next = next_lengths();
    const std::int32_t* const costs = costs_.data() + (place - begin_);
    const std::int32_t* const lengths = region.lengths.data();
    std::int32_t best = costs[1] + region.prices.literals[bytes_[place]];
    DeflateStep step{0, bytes_[place]};
    const std::span<const WindowMatch> found = matches_at(place);
    std::int32_t price = std::numeric_limits<std::int32_t>::max();  // of the cheapest distance that is long enough
    std::uint16_t distance = 0;
    const auto offer = [&](std::uint32_t length) {
      const std::int32_t cost = costs[length] + lengths[length] + price;
      if (cost >= best) return;
      best = cost;
      step = {static_cast<std::uint16_t>(length), distance};
    };
    for (std::size_t i = found.size(); i-- > 0;) {
      const std::int32_t own = region.prices.distances[distance_symbol(found[i].distance + 1U)];
      if (own <= price) {
        price = own;
        distance = found[i].distance;
      }
      const std::uint32_t shorter = i == 0 ? shortest_match - 1 : found[i - 1].length;
      if (!tries_all) {
        for (std::uint32_t length = found[i].length; length > shorter; length = next[length]) offer(length);
        continue;
      }
      std::int32_t least = std::numeric_limits<std::int32_t>::max();
      for (std::uint32_t length = shorter + 1; length <= found[i].length; ++length)
        least = std::min(least, costs[length] + lengths[length]);
      if (least + price >= best) continue;
      for (std::uint32_t length = found[i].length; length > shorter; --length) offer(length);
    }
    costs_[place - begin_] = best;
    choices_[place - begin_] = step;
  }

  std::span<const std::uint8_t> bytes_;
  std::size_t begin_;
  std::size_t end_;
  const std::function<void()>& poll_;
  std::vector<WindowMatch> matches_;
  std::vector<std::uint32_t> first_match_;  // of each place, and the end
  std::vector<std::int32_t> costs_;         // from each place to the end, in 1/256 bit
  std::vector<DeflateStep> choices_;
};

std::uint64_t bits_of(std::span<const DeflateBlock> blocks) {
  std::uint64_t bits = 0;
  for (const DeflateBlock& block : blocks) bits += block.bits;
  return bits;
}

}  // namespace

std::vector<DeflateStep> parse_matches(std::span<const std::uint8_t> bytes, std::size_t begin, std::size_t end,
                                       const MatchParseEffort& effort, const std::function<void()>& poll) {
  Parser parser(bytes, begin, end, effort.depth, poll);
  std::vector<DeflateStep> steps = parser.first_steps();
  std::vector<DeflateBlock> blocks = split_into_blocks(steps, first_blocks, poll);
  std::vector<DeflateStep> best = steps;
  std::uint64_t least = bits_of(blocks);
  for (std::uint32_t pass = 0; pass < effort.passes + effort.full_passes; ++pass) {
    steps = parser.cheapest_steps(parser.regions_of(steps, blocks), pass >= effort.passes);
    blocks = split_into_blocks(steps, first_blocks, poll);
    const std::uint64_t bits = bits_of(blocks);
    if (bits >= least) continue;
    least = bits;
    best = steps;
  }
  return best;
}

}  // namespace vqi::detail
