// MatchTree: matches are real, and as long and as near as those of a search through the whole window.
#include "match_tree.hpp"

#include <catch2/catch.hpp>

using namespace vqi::detail;

namespace {

/// Noise of few values with runs and repeats of earlier parts.
std::vector<std::uint8_t> repeating_bytes(std::size_t size) {
  std::vector<std::uint8_t> bytes;
  std::uint32_t state = 3;
  const auto random = [&](std::uint32_t bound) {
    state = state * 1664525 + 1013904223;
    return (state >> 8) % bound;
  };
  while (bytes.size() < size) {
    const std::uint32_t kind = random(3);
    if (kind == 0) bytes.insert(bytes.end(), 1 + random(400), static_cast<std::uint8_t>(random(4)));
    if (kind == 1)
      for (std::uint32_t i = random(30); i > 0; --i) bytes.push_back(static_cast<std::uint8_t>(random(4)));
    if (kind == 2 && !bytes.empty()) {
      const std::size_t from = random(static_cast<std::uint32_t>(bytes.size()));
      for (std::uint32_t i = random(300); i > 0; --i) bytes.push_back(bytes[from + bytes.size() % 7]);
    }
  }
  return bytes;
}

std::size_t equal_bytes(std::span<const std::uint8_t> bytes, std::size_t place, std::size_t distance) {
  std::size_t length = 0;
  while (length < longest_match && place + length < bytes.size() &&
         bytes[place + length] == bytes[place + length - distance])
    ++length;
  return length;
}

}  // namespace

TEST_CASE("the trees find the longest match of each place, and all that they find is true") {
  const std::vector<std::uint8_t> bytes = repeating_bytes(6000);
  MatchTree tree(bytes, 1000);
  for (std::size_t place = 0; place < bytes.size(); ++place) {
    std::vector<WindowMatch> matches;
    tree.look_up(place, matches);
    std::size_t longest = 0;
    for (std::size_t distance = 1; distance <= place; ++distance)
      longest = std::max(longest, equal_bytes(bytes, place, distance));
    if (longest > 3 && (matches.empty() || matches.back().length != longest)) FAIL("place " << place);
    std::size_t shorter = 0;
    for (const WindowMatch& match : matches) {
      if (match.length <= shorter || equal_bytes(bytes, place, match.distance + 1U) < match.length)
        FAIL("a match at " << place);
      shorter = match.length;
    }
  }
}

TEST_CASE("no match is farther than DEFLATE allows, and few places are compared where few are asked for") {
  std::vector<std::uint8_t> bytes = repeating_bytes(1000);
  bytes.resize(40'000, std::uint8_t{77});
  const std::vector<std::uint8_t> again = repeating_bytes(1000);
  bytes.insert(bytes.end(), again.begin(), again.end());
  MatchTree tree(bytes, 1);
  for (std::size_t place = 0; place < bytes.size(); ++place) {
    std::vector<WindowMatch> matches;
    tree.look_up(place, matches);
    if (matches.size() > 3) FAIL("place " << place);
    for (const WindowMatch& match : matches)
      if (match.distance >= farthest_match || match.distance >= place) FAIL("a match at " << place);
  }
}
