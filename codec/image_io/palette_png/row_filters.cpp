// Each row is parsed after the chosen ones under every filter; what a parse put into the hash table is taken out again.
#include "row_filters.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "deflate_steps.hpp"
#include "greedy_parse.hpp"
#include "match_hash.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint32_t hash_bits = 15;
constexpr std::size_t key_bytes = 4;
constexpr std::uint32_t places_tried = 8;
/// Twice the window, as places of a row that is tried go in before its filter is chosen.
constexpr std::size_t ring_size = std::size_t{2} * farthest_match;
/// Prices are found anew after rows of so many bytes.
constexpr std::size_t bytes_between_prices = 2048;
constexpr std::array<RowFilter, 5> all_filters{RowFilter::none, RowFilter::sub, RowFilter::up, RowFilter::average,
                                               RowFilter::paeth};

/// A match that the row before ended in, which may go on at no price.
struct OpenMatch {
  std::size_t distance = 0;  ///< 0: none
  std::size_t length = 0;
};

struct RowParse {
  std::int64_t cost = 0;  ///< in 1/256 bit
  SymbolCounts counts;
  OpenMatch open;
};

class FilterChoice {
 public:
  FilterChoice(const PaletteMap& map, std::uint32_t depth)
      : stride_(packed_row_bytes(map.width_px, depth) + 1),
        height_(map.height_px),
        raw_(png_rows(map, depth, RowFilter::none)),
        zeros_(stride_ - 1),
        literal_sums_(stride_ + 1) {}

  /// Chooses all rows; `counts` are those of the pass before, and become those of this one.
  [[nodiscard]] std::vector<RowFilter> choose(SymbolCounts& counts, const std::function<void()>& poll) {
    stream_ = raw_;
    heads_.assign(std::size_t{1} << hash_bits, -1);
    previous_.assign(ring_size, -1);
    counts_ = {};
    for (std::size_t i = 0; i < counts.main.size(); ++i) counts_.main[i] = (counts.main[i] + 3) / 4;
    for (std::size_t i = 0; i < counts.distances.size(); ++i) counts_.distances[i] = (counts.distances[i] + 3) / 4;
    SymbolCounts chosen_counts;
    std::vector<RowFilter> filters(height_);
    OpenMatch open;
    std::size_t since = bytes_between_prices;
    for (std::size_t y = 0; y < height_; ++y, since += stride_) {
      if (since >= bytes_between_prices) {
        poll();
        prices_ = symbol_prices(counts_);
        since = 0;
      }
      const RowParse best = choose_row(y, open, filters[y]);
      counts_.add(best.counts);
      chosen_counts.add(best.counts);
      open = best.open;
    }
    counts = chosen_counts;
    return filters;
  }

 private:
  [[nodiscard]] std::span<std::uint8_t> filtered(std::size_t y, RowFilter filter) {
    const std::span<const std::uint8_t> packed(raw_.data() + y * stride_ + 1, stride_ - 1);
    const std::span<const std::uint8_t> above =
        y == 0 ? std::span<const std::uint8_t>(zeros_) : std::span(raw_).subspan((y - 1) * stride_ + 1, stride_ - 1);
    const std::span<std::uint8_t> row(stream_.data() + y * stride_, stride_);
    filter_row(filter, packed, above, row);
    return row;
  }

  [[nodiscard]] RowParse choose_row(std::size_t y, const OpenMatch& open, RowFilter& chosen) {
    RowParse best;
    bool is_first = true;
    for (const RowFilter filter : all_filters) {
      const std::span<std::uint8_t> row = filtered(y, filter);
      RowParse parse = parse_row(y * stride_, open);
      take_out();
      // In the first row Up is None, and Paeth is Sub.
      if (!is_first && (parse.cost >= best.cost || (y == 0 && filter > RowFilter::sub))) continue;
      is_first = false;
      best = parse;
      chosen = static_cast<RowFilter>(row[0]);
    }
    static_cast<void>(filtered(y, chosen));
    for (std::size_t at = y * stride_; at < (y + 1) * stride_; ++at) insert(at);
    inserted_.clear();
    return best;
  }

  [[nodiscard]] std::uint32_t hash(std::size_t at) const { return hash_of_four(stream_.data() + at, hash_bits); }

  /// Puts a place into the hash table, if the row has four bytes from there on.
  void insert(std::size_t at) {
    if (at % stride_ + key_bytes > stride_) return;
    std::int64_t& head = heads_[hash(at)];
    inserted_.emplace_back(hash(at), head);
    previous_[at % ring_size] = head;
    head = static_cast<std::int64_t>(at);
  }

  void take_out() {
    for (std::size_t i = inserted_.size(); i-- > 0;) heads_[inserted_[i].first] = inserted_[i].second;
    inserted_.clear();
  }

  /// At each place the match that spares most, else a literal.
  [[nodiscard]] RowParse parse_row(std::size_t begin, OpenMatch open) {
    const std::size_t end = begin + stride_;
    literal_sums_[0] = 0;
    for (std::size_t i = 0; i < stride_; ++i)
      literal_sums_[i + 1] = literal_sums_[i] + prices_.literals[stream_[begin + i]];
    RowParse parse;
    std::size_t at = begin;
    while (open.distance > 0 && at < end && open.length < longest_match && stream_[at] == stream_[at - open.distance]) {
      insert(at++);
      ++open.length;
    }
    parse.open = at == end ? open : OpenMatch{};
    while (at < end) {
      const DeflateStep step = best_step(begin, at, end);
      parse.counts.add(step);
      const std::size_t length = std::max<std::size_t>(1, step.length);
      if (step.length == 0)
        parse.cost += prices_.literals[step.value];
      else
        parse.cost += prices_.lengths[step.length] + prices_.distances[distance_symbol(step.value + 1U)];
      for (std::size_t i = 0; i < length; ++i) insert(at + i);
      at += length;
      if (at == end && step.length != 0) parse.open = {step.value + std::size_t{1}, step.length};
    }
    return parse;
  }

  [[nodiscard]] DeflateStep best_step(std::size_t begin, std::size_t at, std::size_t end) const {
    DeflateStep best{0, stream_[at]};
    std::int64_t most_spared = 0;
    const std::size_t most = std::min<std::size_t>(longest_match, end - at);
    const auto offer = [&](std::size_t distance) {
      std::size_t length = 0;
      while (length < most && stream_[at + length] == stream_[at + length - distance]) ++length;
      if (length < shortest_match || length < best.length) return;
      const std::int64_t spared = literal_sums_[at - begin + length] - literal_sums_[at - begin] -
                                  prices_.lengths[length] -
                                  prices_.distances[distance_symbol(static_cast<std::uint32_t>(distance))];
      if (spared <= most_spared) return;
      most_spared = spared;
      best = {static_cast<std::uint16_t>(length), static_cast<std::uint16_t>(distance - 1)};
    };
    if (at > 0) offer(1);
    if (at >= stride_ && stride_ <= farthest_match) offer(stride_);
    if (end - at < key_bytes) return best;
    std::int64_t found = heads_[hash(at)];
    for (std::uint32_t i = 0; i < places_tried && found >= 0; ++i) {
      const std::size_t distance = at - static_cast<std::size_t>(found);
      if (distance > farthest_match) break;
      offer(distance);
      const std::int64_t before = previous_[static_cast<std::size_t>(found) % ring_size];
      if (before >= found) break;  // the ring has gone round
      found = before;
    }
    return best;
  }

  std::size_t stride_;
  std::size_t height_;
  std::vector<std::uint8_t> raw_;     // rows without a filter
  std::vector<std::uint8_t> stream_;  // the chosen rows, and what is tried of the next
  std::vector<std::uint8_t> zeros_;
  std::vector<std::int64_t> literal_sums_;  // of the row that is parsed
  std::vector<std::int64_t> heads_;
  std::vector<std::int64_t> previous_;
  std::vector<std::pair<std::uint32_t, std::int64_t>> inserted_;  // hashes, and what they led to before
  SymbolCounts counts_;
  SymbolPrices prices_;
};

}  // namespace

std::vector<RowFilter> choose_row_filters(const PaletteMap& map, std::uint32_t depth, RowFilter start,
                                          std::uint32_t passes, const std::function<void()>& poll) {
  SymbolCounts counts;
  for (const DeflateStep& step : parse_greedily(png_rows(map, depth, start), poll)) counts.add(step);
  FilterChoice choice(map, depth);
  std::vector<RowFilter> filters;
  for (std::uint32_t pass = 0; pass < passes; ++pass) filters = choice.choose(counts, poll);
  return filters;
}

}  // namespace vqi::detail
