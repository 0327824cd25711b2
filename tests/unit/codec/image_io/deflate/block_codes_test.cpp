// Block codes: their bits are what is written, and the best ones are never worse than the usual ones.
#include "block_codes.hpp"

#include <catch2/catch.hpp>

using namespace vqi::detail;

namespace {

SymbolCounts random_counts(std::uint32_t seed, std::uint32_t symbols, std::uint32_t largest) {
  SymbolCounts counts;
  for (std::uint32_t i = 0; i < symbols; ++i) {
    seed = seed * 1664525 + 1013904223;
    counts.main[seed % literal_symbols] += (seed >> 9) % largest;
    if (seed >> 31 != 0)
      counts.add(
          DeflateStep{static_cast<std::uint16_t>(3 + (seed >> 12) % 256), static_cast<std::uint16_t>(seed >> 17)});
  }
  return counts;
}

/// Bits that the header takes, as it is written.
std::size_t header_bits(const BlockCodes& codes) {
  BitWriter out;
  codes.write_header(true, out);
  const std::size_t whole = out.bytes.size() * 8;
  for (std::size_t bits = 1; bits <= 8; ++bits) {  // of bits that complete the last byte
    BitWriter longer = out;
    for (std::size_t i = 0; i < bits; ++i) longer.put(0, 1);
    if (longer.bytes.size() * 8 > whole) return whole + 8 - bits;
  }
  return whole;
}

}  // namespace

TEST_CASE("the bits of a block are those of its header and of its steps") {
  for (std::uint32_t seed = 1; seed < 60; ++seed) {
    const SymbolCounts counts = random_counts(seed, seed * 3, 1 + seed * seed);
    const BlockCodes usual = usual_block_codes(counts);
    const BlockCodes best = best_block_codes(counts);
    CHECK(best.bits <= usual.bits);
    for (const BlockCodes* codes : {&usual, &best}) {
      std::uint64_t bits = header_bits(*codes) + codes->main[end_of_block];
      for (std::size_t i = 0; i < main_symbols; ++i) {
        if (counts.main[i] == 0) continue;
        REQUIRE(codes->main.at(i) > 0);
        const auto symbol = static_cast<std::uint32_t>(i - first_length_symbol);
        bits += counts.main[i] *
                (std::uint64_t{codes->main[i]} + (i < first_length_symbol ? 0 : length_extra_bits(symbol)));
      }
      for (std::uint32_t i = 0; i < distance_symbols; ++i)
        if (counts.distances[i] > 0)
          bits += counts.distances[i] * (std::uint64_t{codes->distances.at(i)} + distance_extra_bits(i));
      CHECK(bits == codes->bits);
    }
  }
}

TEST_CASE("a block of a few steps has the fixed codes, which take no header") {
  SymbolCounts counts;
  counts.add(DeflateStep{0, 65});
  counts.add(DeflateStep{0, 66});
  const BlockCodes codes = best_block_codes(counts);
  CHECK(codes.is_fixed);
  CHECK(codes.bits == 3 + 8 + 8 + 7);
}
