// parse_runs: the parse builds the bytes, and its choice is the cheapest by its own prices.
#include "run_parse.hpp"

#include <catch2/catch.hpp>

#include "deflate_tools.hpp"

using namespace vqi::detail;
using vqi::testing::bytes_of_steps;

TEST_CASE("a parse of noise with runs and short periods builds the bytes, with matches in the runs") {
  std::vector<std::uint8_t> bytes;
  std::uint32_t state = 7;
  while (bytes.size() < 50'000) {
    state = state * 1664525 + 1013904223;
    const std::uint32_t length = state >> 31 == 0 ? 1 : (state >> 20) % 700;
    for (std::uint32_t i = 0; i < length; ++i)
      bytes.push_back(static_cast<std::uint8_t>((state >> 8) + i % (1 + (state >> 4) % 4)));
  }
  const std::vector<DeflateStep> steps = parse_runs(bytes, 0, bytes.size(), 3, [] {});
  CHECK((bytes_of_steps(steps) == bytes));
  CHECK(steps.size() < bytes.size() / 20);
}

TEST_CASE("a flat picture is a literal and matches of full length") {
  const std::vector<std::uint8_t> bytes(1 + 258 * 10, std::uint8_t{9});
  CHECK(parse_runs(bytes, 0, bytes.size(), 2, [] {}).size() == 11);
}
