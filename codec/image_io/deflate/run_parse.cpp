// Costs run from the end. Of lengths with one symbol only the longest is tried, and a distance only where its run is
// longer than those of smaller ones: what is left out is never better by more than a few bits.
#include "run_parse.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace vqi::detail {
namespace {

constexpr std::uint32_t distances_tried = 4;

/// The cheapest step at each position from `begin` to `end`, by the costs behind it.
std::vector<DeflateStep> cheapest_steps(std::span<const std::uint8_t> bytes, std::size_t begin, std::size_t end,
                                        const SymbolPrices& prices) {
  std::vector<DeflateStep> steps(end - begin);
  // Costs behind the next positions, in a ring: the sum over all bytes would not fit into 32 bits.
  constexpr std::size_t ring_size = 512;
  std::array<std::uint64_t, ring_size> costs{};
  std::array<std::uint32_t, distances_tried> runs{};
  for (std::size_t i = end; i-- > begin;) {
    std::uint64_t best = costs[(i + 1) % ring_size] + prices.literals[bytes[i]];
    DeflateStep step{0, bytes[i]};
    std::uint32_t nearer = shortest_match - 1;  // the longest run at a smaller distance
    for (std::uint32_t d = 1; d <= distances_tried; ++d) {
      std::uint32_t& run = runs[d - 1];
      run = i >= d && bytes[i] == bytes[i - d] ? std::min(run + 1, longest_match) : 0;
      if (run <= nearer) continue;
      nearer = run;
      const std::uint32_t last = length_symbol(run);
      for (std::uint32_t symbol = run == longest_match ? last : 0; symbol <= last; ++symbol) {
        const std::uint32_t length = std::min(run, last_length(symbol));
        const std::uint64_t cost = costs[(i + length) % ring_size] + prices.lengths[length] + prices.distances[d - 1];
        if (cost >= best) continue;
        best = cost;
        step = {static_cast<std::uint16_t>(length), static_cast<std::uint16_t>(d - 1)};
      }
    }
    costs[i % ring_size] = best;
    steps[i - begin] = step;
  }
  return steps;
}

}  // namespace

std::vector<DeflateStep> parse_runs(std::span<const std::uint8_t> bytes, std::size_t begin, std::size_t end,
                                    std::uint32_t passes, const std::function<void()>& poll) {
  const std::size_t size = end - begin;
  SymbolCounts counts;
  for (const std::uint8_t byte : bytes.subspan(begin, size)) ++counts.main[byte];
  // A first guess of matches: one in 16 steps, short and near ones more often.
  for (std::uint32_t i = 0; i < length_symbols; ++i)
    counts.main[first_length_symbol + i] = static_cast<std::uint32_t>(size / 32 / (i + 2));
  counts.distances[0] = static_cast<std::uint32_t>(size / 16);
  std::vector<DeflateStep> parse;
  for (std::uint32_t pass = 0; pass < passes; ++pass) {
    poll();
    const std::vector<DeflateStep> steps = cheapest_steps(bytes, begin, end, symbol_prices(counts));
    counts = {};
    parse.clear();
    for (std::size_t i = 0; i < steps.size(); i += std::max<std::size_t>(1, steps[i].length)) {
      parse.push_back(steps[i]);
      counts.add(steps[i]);
    }
  }
  return parse;
}

}  // namespace vqi::detail
