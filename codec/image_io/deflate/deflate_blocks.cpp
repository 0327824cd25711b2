// Blocks begin as short runs of steps; the two neighbours that gain most by sharing their codes are joined while any
// do.
#include "deflate_blocks.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>

#include "huffman_code.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t first_block_steps = 4000;
constexpr std::array<std::uint8_t, 19> header_order{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

/// A symbol of the code in which code lengths are written.
struct HeaderSymbol {
  std::uint8_t symbol = 0;
  std::uint8_t extra = 0;
  std::uint8_t extra_bits = 0;
};

/// RFC 1951, 3.2.7: lengths as themselves, and repeats of the last one or of zeros.
std::vector<HeaderSymbol> header_symbols(std::span<const std::uint8_t> lengths) {
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
      put_repeats(18, 11, 138, 7);
      put_repeats(17, 3, 10, 3);
    } else {
      put_repeats(16, 3, 6, 2);
    }
    symbols.insert(symbols.end(), count, {length, 0, 0});
  }
  return symbols;
}

/// The codes of a block and how its header writes them.
struct BlockCodes {
  std::vector<std::uint8_t> main;       ///< code lengths
  std::vector<std::uint8_t> distances;  ///< code lengths, at least one
  std::vector<HeaderSymbol> symbols;
  std::vector<std::uint8_t> header;  ///< code lengths of the symbols
  std::size_t header_lengths = 4;    ///< of `header` that are written, in header_order
  std::uint64_t bits = 0;            ///< of the whole block
};

BlockCodes block_codes(const SymbolCounts& counts) {
  BlockCodes codes;
  std::array<std::uint32_t, main_symbols> main = counts.main;
  main[end_of_block] = 1;
  codes.main = code_lengths(main, 15);
  codes.distances = code_lengths(counts.distances, 15);
  for (std::size_t i = 0; i < main_symbols; ++i) {
    const std::uint32_t extra =
        i < first_length_symbol ? 0 : length_extra_bits(static_cast<std::uint32_t>(i - first_length_symbol));
    codes.bits += std::uint64_t{main[i]} * (codes.main[i] + extra);
  }
  for (std::uint32_t i = 0; i < distance_symbols; ++i)
    codes.bits += std::uint64_t{counts.distances[i]} * (codes.distances[i] + distance_extra_bits(i));
  while (codes.main.size() > first_length_symbol && codes.main.back() == 0) codes.main.pop_back();
  while (codes.distances.size() > 1 && codes.distances.back() == 0) codes.distances.pop_back();
  std::vector<std::uint8_t> lengths = codes.main;
  lengths.insert(lengths.end(), codes.distances.begin(), codes.distances.end());
  codes.symbols = header_symbols(lengths);
  std::array<std::uint32_t, header_order.size()> header_counts{};
  for (const HeaderSymbol& symbol : codes.symbols) ++header_counts[symbol.symbol];
  codes.header = code_lengths(header_counts, 7);
  for (std::size_t i = 0; i < header_order.size(); ++i)
    if (codes.header[header_order[i]] != 0) codes.header_lengths = std::max<std::size_t>(4, i + 1);
  codes.bits += 3 + 14 + 3 * codes.header_lengths;
  for (const HeaderSymbol& symbol : codes.symbols)
    codes.bits += codes.header[symbol.symbol] + std::uint64_t{symbol.extra_bits};
  return codes;
}

class BitWriter {
 public:
  void put(std::uint32_t value, std::uint32_t bits) {
    pending_ |= std::uint64_t{value} << count_;
    for (count_ += bits; count_ >= 8; count_ -= 8, pending_ >>= 8) bytes.push_back(static_cast<std::byte>(pending_));
  }
  void align() {
    if (count_ > 0) put(0, 8 - count_);
  }
  std::vector<std::byte> bytes;

 private:
  std::uint64_t pending_ = 0;
  std::uint32_t count_ = 0;
};

/// The longest part that one block may have.
struct Block {
  std::size_t begin = 0;
  std::size_t end = 0;
  SymbolCounts counts;
  std::uint64_t bits = 0;
  std::int64_t gain = 0;  ///< bits that joining with the next block saves
};

void write_block(const Block& block, std::span<const DeflateStep> steps, bool is_last, BitWriter& out) {
  const BlockCodes codes = block_codes(block.counts);
  const std::vector<std::uint16_t> main = canonical_codes(codes.main);
  const std::vector<std::uint16_t> distances = canonical_codes(codes.distances);
  const std::vector<std::uint16_t> header = canonical_codes(codes.header);
  out.put(is_last ? 1 : 0, 1);
  out.put(2, 2);  // codes of its own
  out.put(static_cast<std::uint32_t>(codes.main.size() - first_length_symbol), 5);
  out.put(static_cast<std::uint32_t>(codes.distances.size() - 1), 5);
  out.put(static_cast<std::uint32_t>(codes.header_lengths - 4), 4);
  for (std::size_t i = 0; i < codes.header_lengths; ++i) out.put(codes.header[header_order[i]], 3);
  for (const HeaderSymbol& symbol : codes.symbols) {
    out.put(header[symbol.symbol], codes.header[symbol.symbol]);
    out.put(symbol.extra, symbol.extra_bits);
  }
  for (const DeflateStep& step : steps.subspan(block.begin, block.end - block.begin)) {
    if (step.length == 0) {
      out.put(main[step.value], codes.main[step.value]);
      continue;
    }
    const std::uint32_t length = length_symbol(step.length);
    out.put(main[first_length_symbol + length], codes.main[first_length_symbol + length]);
    out.put(step.length - length_bases[length], length_extra_bits(length));
    const std::uint32_t distance = distance_symbol(step.value + 1U);
    out.put(distances[distance], codes.distances[distance]);
    out.put(step.value + 1U - distance_base(distance), distance_extra_bits(distance));
  }
  out.put(main[end_of_block], codes.main[end_of_block]);
}

std::vector<Block> split_into_blocks(std::span<const DeflateStep> steps, const std::function<void()>& poll) {
  std::vector<Block> blocks;
  for (std::size_t begin = 0; begin < steps.size(); begin += first_block_steps) {
    Block block{begin, std::min(begin + first_block_steps, steps.size()), {}, 0, 0};
    for (std::size_t i = block.begin; i < block.end; ++i) block.counts.add(steps[i]);
    block.bits = block_codes(block.counts).bits;
    blocks.push_back(block);
  }
  const auto find_gain = [&](std::size_t i) {
    if (i + 1 == blocks.size()) return;
    SymbolCounts counts = blocks[i].counts;
    counts.add(blocks[i + 1].counts);
    blocks[i].gain = static_cast<std::int64_t>(blocks[i].bits + blocks[i + 1].bits) -
                     static_cast<std::int64_t>(block_codes(counts).bits);
  };
  for (std::size_t i = 0; i < blocks.size(); ++i) find_gain(i);
  while (blocks.size() > 1) {
    poll();
    const auto best = std::max_element(blocks.begin(), blocks.end() - 1,
                                       [](const Block& a, const Block& b) { return a.gain < b.gain; });
    if (best->gain <= 0) break;
    const auto next = best + 1;
    best->end = next->end;
    best->counts.add(next->counts);
    best->bits = best->bits + next->bits - static_cast<std::uint64_t>(best->gain);
    const auto at = static_cast<std::size_t>(best - blocks.begin());
    blocks.erase(next);
    find_gain(at);
    if (at > 0) find_gain(at - 1);
  }
  return blocks;
}

}  // namespace

std::vector<std::byte> write_deflate_blocks(std::span<const DeflateStep> steps, std::span<const std::uint8_t> bytes,
                                            const std::function<void()>& poll) {
  BitWriter out;
  out.bytes = {std::byte{0x78}, std::byte{0xDA}};  // RFC 1950: a window of 32 KiB, the most effort
  const std::vector<Block> blocks = split_into_blocks(steps, poll);
  for (const Block& block : blocks) {
    poll();
    write_block(block, steps, &block == &blocks.back(), out);
  }
  out.align();
  const std::uint32_t sum = libdeflate_adler32(1, bytes.data(), bytes.size());
  for (const std::uint32_t shift : {24U, 16U, 8U, 0U}) out.bytes.push_back(static_cast<std::byte>(sum >> shift));
  return std::move(out.bytes);
}

}  // namespace vqi::detail
