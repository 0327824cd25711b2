// Planes of four levels side by side: those of the tree, each in the lane of its node.
#include "level_planes.hpp"

#include <bit>
#include <catch2/catch.hpp>

#include "codeword_points.hpp"
#include "index_maps.hpp"

using vqi::detail::CodewordTree;
using vqi::detail::LevelPlanes;

TEST_CASE("every lane has the plane of its node, or none where no codewords are divided") {
  for (const std::uint32_t k : {2U, 3U, 16U, 100U, 1000U, 5000U}) {
    const vqi::test::MadeCodebook codebook = vqi::test::make_codebook(k, 1, 1, 3, 8);
    const CodewordTree tree(vqi::detail::make_points(codebook.view()).whole);
    const LevelPlanes planes(tree);
    std::uint32_t found = 0;
    for (std::uint32_t depth = 0; depth < tree.depth(); depth += 4)
      for (std::uint32_t root = 1U << depth; root < 2U << depth; ++root)
        for (std::uint32_t lane = 1; lane < 16; ++lane) {
          const auto below = static_cast<std::uint32_t>(std::bit_width(lane)) - 1;
          const std::uint32_t node = (root << below) | (lane - (1U << below));
          const bool divides = depth + below < tree.depth() && tree.divides(node);
          const auto& lanes = planes.at(root, depth);
          CHECK(lanes.offset[lane] == (divides ? tree.plane(node).offset : 0));
          for (std::size_t d = 0; d < 4; ++d) CHECK(lanes.axis[d][lane] == (divides ? tree.plane(node).axis[d] : 0));
          found += divides ? 1 : 0;
        }
    CHECK(found == k - 1);
    CHECK(LevelPlanes::size_bytes(k) >= sizeof(vqi::detail::PlaneLanes));
  }
}
