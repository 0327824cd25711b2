// Prices are ideal code lengths: a Huffman code is within some hundredths of a bit of them.
#include "deflate_steps.hpp"

#include <algorithm>
#include <span>

#include "fixed_log2.hpp"

namespace vqi::detail {
namespace {

constexpr std::uint64_t whole_symbol = 3;  // counts are in thirds
constexpr std::uint64_t unseen_symbol = 1;

class ShareOf {
 public:
  explicit ShareOf(std::span<const std::uint32_t> counts) {
    std::uint64_t total = 0;
    for (const std::uint32_t count : counts) total += count * whole_symbol + unseen_symbol;
    total_ = fixed_log2(total);
  }
  [[nodiscard]] std::uint16_t price(std::uint32_t count) const {
    const std::uint32_t bits =
        (total_ - fixed_log2(count * whole_symbol + unseen_symbol)) >> (log2_fraction_bits - price_bits);
    return static_cast<std::uint16_t>(std::clamp<std::uint32_t>(bits, 1U << price_bits, 15U << price_bits));
  }

 private:
  std::uint32_t total_ = 0;
};

}  // namespace

SymbolCounts guessed_counts(std::span<const std::uint8_t> bytes) {
  SymbolCounts counts;
  for (const std::uint8_t byte : bytes) ++counts.main[byte];
  for (std::size_t i = 0; i < literal_symbols; ++i) counts.main[i] = counts.main[i] * 3 / 10;
  const auto size = static_cast<std::uint32_t>(bytes.size());
  for (std::uint32_t i = 0; i < length_symbols; ++i) counts.main[first_length_symbol + i] = size / 30 / (i + 2);
  counts.distances.fill(size / 200);
  counts.distances[0] = size / 20;
  return counts;
}

SymbolPrices symbol_prices(const SymbolCounts& counts) {
  SymbolPrices prices;
  const ShareOf main(counts.main);
  for (std::size_t i = 0; i < literal_symbols; ++i) prices.literals[i] = main.price(counts.main[i]);
  for (std::uint32_t length = shortest_match; length <= longest_match; ++length) {
    const std::uint32_t symbol = length_symbol(length);
    prices.lengths[length] = static_cast<std::uint16_t>(main.price(counts.main[first_length_symbol + symbol]) +
                                                        (length_extra_bits(symbol) << price_bits));
  }
  const ShareOf distances(counts.distances);
  for (std::uint32_t symbol = 0; symbol < distance_symbols; ++symbol)
    prices.distances[symbol] = static_cast<std::uint16_t>(distances.price(counts.distances[symbol]) +
                                                          (distance_extra_bits(symbol) << price_bits));
  return prices;
}

}  // namespace vqi::detail
