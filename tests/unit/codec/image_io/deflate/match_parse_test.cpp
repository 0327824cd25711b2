// parse_matches: the steps build the bytes, with sources before the part, and more passes take fewer bits.
#include "match_parse.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "deflate_blocks.hpp"
#include "deflate_tools.hpp"
#include "greedy_parse.hpp"

using namespace vqi::detail;
using vqi::testing::bytes_of_steps;

namespace {

/// Rows of a screen: most repeat the row above with a few changes.
std::vector<std::uint8_t> screen_rows(std::size_t size) {
  constexpr std::size_t stride = 301;
  std::vector<std::uint8_t> bytes;
  std::uint32_t state = 9;
  while (bytes.size() < size) {
    state = state * 1664525 + 1013904223;
    const bool changes = state >> 26 == 0;
    bytes.push_back(bytes.size() >= stride && !changes ? bytes[bytes.size() - stride]
                                                       : static_cast<std::uint8_t>(state >> 18 & 15));
  }
  return bytes;
}

/// Words of a small vocabulary: matches have many lengths.
std::vector<std::uint8_t> words(std::size_t size) {
  std::vector<std::uint8_t> bytes;
  std::uint32_t state = 9;
  const auto random = [&] { return (state = state * 1664525 + 1013904223) >> 16; };
  std::vector<std::vector<std::uint8_t>> vocabulary(200);
  for (auto& word : vocabulary) {
    word.resize(3 + random() % 12);
    for (std::uint8_t& letter : word) letter = static_cast<std::uint8_t>(random() % 24);
  }
  while (bytes.size() < size) {
    const auto& word = vocabulary[random() % (1 + random() % vocabulary.size())];
    bytes.insert(bytes.end(), word.begin(), word.end());
  }
  return bytes;
}

std::size_t written(const std::vector<std::uint8_t>& bytes, const MatchParseEffort& effort) {
  return write_deflate_blocks(parse_matches(bytes, 0, bytes.size(), effort, [] {}), bytes, [] {}).size();
}

}  // namespace

TEST_CASE("a parse in two parts builds the bytes, and the second part copies from the first") {
  const std::vector<std::uint8_t> bytes = screen_rows(60'000);
  std::vector<DeflateStep> steps = parse_matches(bytes, 0, 30'000, {2, 1, 32}, [] {});
  const std::vector<DeflateStep> rest = parse_matches(bytes, 30'000, bytes.size(), {2, 1, 32}, [] {});
  CHECK(rest[0].length > 0);
  steps.insert(steps.end(), rest.begin(), rest.end());
  CHECK((bytes_of_steps(steps) == bytes));
}

TEST_CASE("passes over prices save bytes, and passes that try all lengths save more") {
  const std::vector<std::uint8_t> bytes = words(100'000);
  const std::size_t greedy = write_deflate_blocks(parse_greedily(bytes, [] {}), bytes, [] {}).size();
  const std::size_t hurried = written(bytes, {3, 0, 32});
  const std::size_t full = written(bytes, {3, 2, 32});
  CHECK(hurried < greedy * 97 / 100);
  CHECK(full < hurried);
}

TEST_CASE("of rows that are mostly zeros two passes are nearly as good as twenty") {
  std::vector<std::uint8_t> bytes(200'000);
  std::uint32_t state = 3;
  for (std::uint8_t& byte : bytes) {
    state = state * 1664525 + 1013904223;
    if (state >> 28 == 0) byte = static_cast<std::uint8_t>(state >> 24 & 15);
  }
  CHECK(written(bytes, {2, 0, 32}) * 100 <= written(bytes, {20, 0, 32}) * 101);
}

TEST_CASE("a parse of nothing, of one byte and of a flat picture is as short as can be") {
  const auto steps_of = [](const std::vector<std::uint8_t>& bytes) {
    return parse_matches(bytes, 0, bytes.size(), {2, 1, 32}, [] {}).size();
  };
  CHECK(steps_of({}) == 0);
  CHECK(steps_of({3}) == 1);
  CHECK(steps_of(std::vector<std::uint8_t>(1 + 258 * 10, std::uint8_t{9})) == 11);
}

TEST_CASE("a parse stops when told") {
  const auto stop = [] { throw std::runtime_error("stop"); };
  CHECK_THROWS_AS(parse_matches(screen_rows(10), 0, 10, {1, 0, 32}, stop), std::runtime_error);
}
