// Tables of four levels: paths and their lanes, and branches exchanged along a path.
#include "level_tables.hpp"

#include <bit>
#include <catch2/catch.hpp>

using vqi::detail::level_lanes;
using vqi::detail::level_paths;
using vqi::detail::turned_lanes;

TEST_CASE("a path's lanes are the nodes before its end, and tell the bits that it takes there") {
  for (std::uint32_t end = 1; end < 2 * level_lanes; ++end) {
    std::uint32_t on_path = 0;
    for (std::uint32_t lane = 0; lane < level_lanes; ++lane)
      on_path += level_paths[end].on_path[lane] == 0xFFFF ? 1U : 0U;
    CHECK(on_path + 1 == static_cast<std::uint32_t>(std::bit_width(end)));
    std::uint32_t node = 1;
    while (node < level_lanes && level_paths[end].on_path[node] != 0)
      node = 2 * node + (level_paths[end].ones[node] != 0 ? 1 : 0);
    CHECK(node == end);
  }
}

TEST_CASE("branches exchanged along a leaf's path make it the path of zeros, and exchanged again are as before") {
  for (std::uint32_t leaf = 0; leaf < level_lanes; ++leaf) {
    const auto& turn = turned_lanes[leaf];
    std::uint32_t node = 1;  // of the path to the leaf, beside the one of zeros
    for (std::uint32_t zeros = 1; zeros < level_lanes; zeros *= 2) {
      CHECK(turn.other(node) == zeros);
      const bool bit = turn.flips[node] != 0;
      node = 2 * node + (bit ? 1 : 0);
    }
    CHECK(node == level_lanes + leaf);
    for (std::size_t lane = 0; lane < level_lanes; ++lane) {
      CHECK(turn.other(turn.other(lane)) == lane);
      CHECK(turn.other(lane) / 8 == lane / 8);
      CHECK(turn.bytes[2 * lane + 1] == turn.bytes[2 * lane] + 1);
    }
    CHECK(turn.other(0) == 0);
  }
}

TEST_CASE("leaves are the more alike the more leading bits they have in common") {
  for (std::uint32_t a = 0; a < level_lanes; ++a)
    for (std::uint32_t b = 0; b < level_lanes; ++b) {
      std::uint32_t common = 0;
      while (common < 4 && a >> (3 - common) == b >> (3 - common)) ++common;
      CHECK(vqi::detail::likeness[a ^ b] == common + 1);
    }
}
