// parse_greedily: the steps build the bytes, and repeats are matches.
#include "greedy_parse.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "deflate_tools.hpp"

using namespace vqi::detail;
using vqi::testing::bytes_of_steps;

namespace {

std::vector<std::uint8_t> noise(std::size_t size) {
  std::vector<std::uint8_t> bytes;
  for (std::uint32_t state = 7; bytes.size() < size;) {
    state = state * 1664525 + 1013904223;
    bytes.push_back(static_cast<std::uint8_t>(state >> 24));
  }
  return bytes;
}

}  // namespace

TEST_CASE("a greedy parse builds the bytes, as far as a window reaches and beyond") {
  std::vector<std::uint8_t> bytes = noise(1000);
  bytes.insert(bytes.end(), 40'000, std::uint8_t{5});
  const std::vector<std::uint8_t> again = noise(1000);
  bytes.insert(bytes.end(), again.begin(), again.end());  // farther than a match may reach
  bytes.insert(bytes.end(), again.begin(), again.end());
  const std::vector<DeflateStep> steps = parse_greedily(bytes, [] {});
  CHECK((bytes_of_steps(steps) == bytes));
  for (const DeflateStep& step : steps) CHECK((step.length == 0 || step.value < farthest_match));
  CHECK(steps.size() < 2300);  // noise twice as literals, and few matches
  CHECK(steps.size() > 2000);
}

TEST_CASE("a greedy parse of nothing, of one byte and of a flat picture is as short as can be") {
  CHECK(parse_greedily({}, [] {}).empty());
  CHECK(parse_greedily(std::vector<std::uint8_t>{3}, [] {}).size() == 1);
  CHECK(parse_greedily(std::vector<std::uint8_t>(1 + 258 * 10, std::uint8_t{9}), [] {}).size() == 11);
}

TEST_CASE("a greedy parse stops when told") {
  const auto stop = [] { throw std::runtime_error("stop"); };
  CHECK_THROWS_AS(parse_greedily(noise(10), stop), std::runtime_error);
}
