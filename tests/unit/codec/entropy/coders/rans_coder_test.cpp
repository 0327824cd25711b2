// The range coder of model fast: symbols come back in order from every state, and damage is told.
#include "rans_coder.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "random.hpp"

using vqi::detail::RansDecoder;
using vqi::detail::RansEncoder;
using vqi::detail::SymbolRange;

namespace {

struct Symbol {
  std::size_t lane;
  SymbolRange range;
};

/// Symbols of very likely, very unlikely and middling ranges.
std::vector<Symbol> make_symbols(std::size_t count, std::size_t states) {
  vqi::detail::Random random(count);
  std::vector<Symbol> symbols;
  for (std::size_t i = 0; i < count; ++i) {
    Symbol symbol{random.below(states), {}};
    switch (random.below(4)) {
      case 0:
        symbol.range = {0, 32767};
        break;
      case 1:
        symbol.range = {32767, 1};
        break;
      case 2:
        symbol.range = {0, 32768};  // no doubt: costs nothing
        break;
      default: {
        const auto start = static_cast<std::uint32_t>(random.below(32768));
        symbol.range = {start, 1 + static_cast<std::uint32_t>(random.below(32768 - start))};
      }
    }
    symbols.push_back(symbol);
  }
  return symbols;
}

std::vector<std::byte> encode(const std::vector<Symbol>& symbols) {
  RansEncoder encoder(symbols.size());
  for (const Symbol& symbol : symbols) encoder.put(symbol.lane, symbol.range);
  return encoder.finish(std::byte{7});
}

/// True if every slot lies in its symbol's range and the bytes are used up.
bool decodes(std::span<const std::byte> bytes, const std::vector<Symbol>& symbols) {
  RansDecoder decoder(bytes);
  for (const Symbol& symbol : symbols) {
    const std::uint32_t slot = decoder.slot(symbol.lane);
    if (slot < symbol.range.start || slot >= symbol.range.start + symbol.range.frequency) return false;
    decoder.advance(symbol.lane, symbol.range);
    if (!decoder.intact()) return false;
  }
  return decoder.finished();
}

}  // namespace

TEST_CASE("symbols of any probability come back, from one state and from four") {
  for (const std::size_t states : {1U, 4U})
    for (const std::size_t count : {0U, 1U, 2U, 5U, 1000U}) {
      const std::vector<Symbol> symbols = make_symbols(count, states);
      const std::vector<std::byte> bytes = encode(symbols);
      REQUIRE(bytes.size() >= 17);
      CHECK(bytes[0] == std::byte{7});
      CHECK(bytes.size() % 2 == 1);
      CHECK(decodes(std::span(bytes).subspan(1), symbols));
    }
}

TEST_CASE("symbols take the bits of their probability, but for the four states") {
  vqi::detail::Random random(1);
  std::vector<Symbol> symbols;
  double bits = 0;
  for (std::size_t i = 0; i < 20'000; ++i) {
    const auto frequency = static_cast<std::uint32_t>(1 + random.below(4096));
    symbols.push_back({i % 4, {static_cast<std::uint32_t>(random.below(32768 - frequency)), frequency}});
    bits += 15 - std::log2(double{1} * frequency);
  }
  const double bytes = static_cast<double>(encode(symbols).size());
  CHECK(bytes == Approx(bits / 8 + 17).epsilon(0.002));
}

TEST_CASE("bytes that are cut, longer or no states are not finished, and what is missing reads as zeros") {
  const std::vector<Symbol> symbols = make_symbols(200, 4);
  const std::vector<std::byte> coded = encode(symbols);
  const auto bytes = std::span(coded).subspan(1);
  for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_FALSE(decodes(bytes.first(size), symbols));
  std::vector<std::byte> longer(bytes.begin(), bytes.end());
  longer.resize(longer.size() + 2);
  CHECK_FALSE(decodes(longer, symbols));
  const std::vector<std::byte> zeros(16);  // states below the least
  CHECK_FALSE(RansDecoder(zeros).intact());
  CHECK_FALSE(RansDecoder(zeros).finished());
  CHECK_FALSE(RansDecoder(std::span(zeros).first(15)).intact());
  RansDecoder hungry(bytes.first(16));
  for (int i = 0; i < 100 && hungry.intact(); ++i) hungry.advance(0, {0, 1});
  CHECK_FALSE(hungry.intact());
}

TEST_CASE("any flipped bit ends elsewhere") {
  const std::vector<Symbol> symbols = make_symbols(50, 4);
  const std::vector<std::byte> coded = encode(symbols);
  for (std::size_t bit = 8; bit < 8 * coded.size(); ++bit) {
    std::vector<std::byte> damaged = coded;
    damaged[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
    CHECK_FALSE(decodes(std::span(damaged).subspan(1), symbols));
  }
}
