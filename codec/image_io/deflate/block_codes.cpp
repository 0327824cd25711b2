// In a small block the code lengths of the header are a large part: codes that are a little worse may then be better.
#include "block_codes.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "huffman_code.hpp"

namespace vqi::detail {
namespace {

constexpr std::array<std::uint8_t, 19> header_order{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
constexpr std::uint32_t longest_code = 15;

/// Which repeats a header may use.
struct HeaderForm {
  bool repeats_length = true;      ///< symbol 16
  bool repeats_zero = true;        ///< 17, 3 to 10 zeros
  bool repeats_many_zeros = true;  ///< 18, 11 to 138 zeros
};

/// RFC 1951, 3.2.7: lengths as themselves, and repeats of the last one or of zeros.
std::vector<HeaderSymbol> header_symbols(std::span<const std::uint8_t> lengths, const HeaderForm& form) {
  std::vector<HeaderSymbol> symbols;
  for (std::size_t i = 0; i < lengths.size();) {
    std::size_t end = i;
    while (end < lengths.size() && lengths[end] == lengths[i]) ++end;
    std::size_t count = end - i;
    const std::uint8_t length = lengths[i];
    i = end;
    if (length != 0) {
      symbols.push_back({length, 0, 0});
      --count;
    }
    const auto put_repeats = [&](std::uint8_t symbol, std::size_t least, std::size_t most, std::uint8_t bits) {
      for (; count >= least; count -= std::min(count, most))
        symbols.push_back({symbol, static_cast<std::uint8_t>(std::min(count, most) - least), bits});
    };
    if (length == 0) {
      if (form.repeats_many_zeros) put_repeats(18, 11, 138, 7);
      if (form.repeats_zero) put_repeats(17, 3, 10, 3);
    } else if (form.repeats_length) {
      put_repeats(16, 3, 6, 2);
    }
    symbols.insert(symbols.end(), count, {length, 0, 0});
  }
  return symbols;
}

/// Bits of the steps under code lengths, with the end of the block.
std::uint64_t bits_of_steps(const SymbolCounts& counts, std::span<const std::uint8_t> main,
                            std::span<const std::uint8_t> distances) {
  std::uint64_t bits = main[end_of_block];
  for (std::size_t i = 0; i < main_symbols; ++i) {
    const std::uint32_t extra =
        i < first_length_symbol ? 0 : length_extra_bits(static_cast<std::uint32_t>(i - first_length_symbol));
    bits += std::uint64_t{counts.main[i]} * (main[i] + extra);
  }
  for (std::uint32_t i = 0; i < distance_symbols; ++i)
    bits += std::uint64_t{counts.distances[i]} * (distances[i] + distance_extra_bits(i));
  return bits;
}

/// Writes the lengths in a form, if that takes fewer bits than what `codes` has.
void try_header(BlockCodes& codes, std::uint64_t step_bits, std::span<const std::uint8_t> lengths,
                const HeaderForm& form) {
  std::vector<HeaderSymbol> symbols = header_symbols(lengths, form);
  std::array<std::uint32_t, header_order.size()> counts{};
  for (const HeaderSymbol& symbol : symbols) ++counts[symbol.symbol];
  std::vector<std::uint8_t> header = code_lengths(counts, 7);
  std::size_t header_lengths = 4;
  for (std::size_t i = 0; i < header_order.size(); ++i)
    if (header[header_order[i]] != 0) header_lengths = std::max<std::size_t>(4, i + 1);
  std::uint64_t bits = step_bits + 3 + 14 + 3 * header_lengths;
  for (const HeaderSymbol& symbol : symbols) bits += header[symbol.symbol] + std::uint64_t{symbol.extra_bits};
  if (codes.bits != 0 && codes.bits <= bits) return;
  codes.symbols = std::move(symbols);
  codes.header = std::move(header);
  codes.header_lengths = header_lengths;
  codes.bits = bits;
}

/// The codes of `shaped`, which stand in for `counts`.
BlockCodes codes_of(const SymbolCounts& shaped, const SymbolCounts& counts, std::span<const HeaderForm> forms) {
  BlockCodes codes;
  std::array<std::uint32_t, main_symbols> main = shaped.main;
  main[end_of_block] = 1;
  codes.main = code_lengths(main, longest_code);
  codes.distances = code_lengths(shaped.distances, longest_code);
  const std::uint64_t step_bits = bits_of_steps(counts, codes.main, codes.distances);
  while (codes.main.size() > first_length_symbol && codes.main.back() == 0) codes.main.pop_back();
  while (codes.distances.size() > 1 && codes.distances.back() == 0) codes.distances.pop_back();
  std::vector<std::uint8_t> lengths = codes.main;
  lengths.insert(lengths.end(), codes.distances.begin(), codes.distances.end());
  for (const HeaderForm& form : forms) try_header(codes, step_bits, lengths, form);
  return codes;
}

/// RFC 1951, 3.2.6.
BlockCodes fixed_codes(const SymbolCounts& counts) {
  constexpr std::size_t whole_alphabet = 288;
  BlockCodes codes;
  codes.is_fixed = true;
  codes.main.assign(whole_alphabet, 8);
  std::fill(codes.main.begin() + 144, codes.main.begin() + 256, std::uint8_t{9});
  std::fill(codes.main.begin() + 256, codes.main.begin() + 280, std::uint8_t{7});
  codes.distances.assign(distance_symbols, 5);
  codes.bits = 3 + bits_of_steps(counts, codes.main, codes.distances);
  return codes;
}

/// Replaces runs of counts that are near each other by their mean, so that their codes have one length.
void flatten(std::span<std::uint32_t> counts) {
  constexpr std::size_t shortest_run = 4;
  for (std::size_t begin = 0; begin < counts.size();) {
    std::uint64_t sum = counts[begin];
    std::size_t end = begin + 1;
    for (; end < counts.size(); ++end) {
      const std::uint64_t mean = sum / (end - begin);
      const std::uint64_t count = counts[end];
      if ((count == 0) != (sum == 0) || count * 4 > mean * 5 + 8 || count * 4 + 8 < mean * 3) break;
      sum += count;
    }
    if (end - begin >= shortest_run) {
      const std::uint64_t half = (end - begin) / 2;
      const auto mean = static_cast<std::uint32_t>((sum + half) / (end - begin));
      std::fill(counts.begin() + static_cast<std::ptrdiff_t>(begin), counts.begin() + static_cast<std::ptrdiff_t>(end),
                mean);
    }
    begin = end;
  }
}

}  // namespace

void BlockCodes::write_header(bool is_last, BitWriter& out) const {
  out.put(is_last ? 1 : 0, 1);
  out.put(is_fixed ? 1 : 2, 2);
  if (is_fixed) return;
  const std::vector<std::uint16_t> codes = canonical_codes(header);
  out.put(static_cast<std::uint32_t>(main.size() - first_length_symbol), 5);
  out.put(static_cast<std::uint32_t>(distances.size() - 1), 5);
  out.put(static_cast<std::uint32_t>(header_lengths - 4), 4);
  for (std::size_t i = 0; i < header_lengths; ++i) out.put(header[header_order[i]], 3);
  for (const HeaderSymbol& symbol : symbols) {
    out.put(codes[symbol.symbol], header[symbol.symbol]);
    out.put(symbol.extra, symbol.extra_bits);
  }
}

BlockCodes usual_block_codes(const SymbolCounts& counts) {
  constexpr HeaderForm usual;
  return codes_of(counts, counts, std::span(&usual, 1));
}

BlockCodes best_block_codes(const SymbolCounts& counts) {
  constexpr std::array<HeaderForm, 5> forms{
      {{true, true, true}, {false, true, true}, {true, true, false}, {true, false, true}, {false, false, true}}};
  BlockCodes best = codes_of(counts, counts, forms);
  SymbolCounts flat = counts;
  flatten(flat.main);
  flatten(flat.distances);
  for (BlockCodes codes : {codes_of(flat, counts, forms), fixed_codes(counts)})
    if (codes.bits < best.bits) best = std::move(codes);
  return best;
}

}  // namespace vqi::detail
