// DeflateStep: bytes as literals and matches, how often each symbol occurs, and what symbols are worth.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "deflate_alphabet.hpp"

namespace vqi::detail {

/// One step of a parse: a literal, or a copy of earlier bytes.
struct DeflateStep {
  std::uint16_t length = 0;  ///< 3 .. 258; 0: a literal
  std::uint16_t value = 0;   ///< the literal, or the distance - 1
};

struct SymbolCounts {
  std::array<std::uint32_t, main_symbols> main{};
  std::array<std::uint32_t, distance_symbols> distances{};

  void add(const DeflateStep& step) noexcept {
    if (step.length == 0) {
      ++main[step.value];
      return;
    }
    ++main[first_length_symbol + length_symbol(step.length)];
    ++distances[distance_symbol(step.value + 1U)];
  }
  void add(const SymbolCounts& other) noexcept {
    for (std::size_t i = 0; i < main.size(); ++i) main[i] += other.main[i];
    for (std::size_t i = 0; i < distances.size(); ++i) distances[i] += other.distances[i];
  }
};

/// Counts of bytes as literals, and a guess of matches, from which the first prices come.
[[nodiscard]] SymbolCounts guessed_counts(std::span<const std::uint8_t> bytes);

/// Bits after the point of prices.
inline constexpr std::uint32_t price_bits = 8;

/// What symbols cost under a Huffman code of counts, nearly, in 1/256 bit; with the extra bits.
struct SymbolPrices {
  std::array<std::uint16_t, literal_symbols> literals{};
  std::array<std::uint16_t, longest_match + 1> lengths{};
  std::array<std::uint16_t, distance_symbols> distances{};
};

/// -log2 of each symbol's share, 1 to 15 bits; a symbol that does not occur counts as a third of a symbol.
[[nodiscard]] SymbolPrices symbol_prices(const SymbolCounts& counts);

}  // namespace vqi::detail
