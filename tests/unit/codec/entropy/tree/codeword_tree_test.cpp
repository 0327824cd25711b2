// The tree of codewords: every index has one place, and near codewords are near in it.
#include <catch2/catch.hpp>
#include <set>

#include "codeword_points.hpp"
#include "codeword_tree.hpp"
#include "index_maps.hpp"

using vqi::detail::CodewordTree;

TEST_CASE("every index has a position of its own, and its path leads there") {
  for (const std::uint32_t k : {2U, 3U, 7U, 16U, 100U, 256U, 1000U, 65536U}) {
    const vqi::test::MadeCodebook codebook = vqi::test::make_codebook(k, 1, 1, 3, 8);
    const CodewordTree tree(vqi::detail::make_points(codebook.view()).whole);
    CHECK(tree.leaves() < 2 * k);
    CHECK(tree.leaves() >= k);
    std::set<std::uint32_t> positions;
    for (std::uint32_t i = 0; i < k; ++i) {
      const std::uint32_t position = tree.position_of(i);
      positions.insert(position);
      REQUIRE(tree.index_at(position) == i);
      std::uint32_t depth = 0;
      std::uint32_t node = 1;
      while (depth < tree.depth() && tree.divides(node)) node = (tree.leaves() | position) >> (tree.depth() - ++depth);
      REQUIRE((node << (tree.depth() - depth)) - tree.leaves() == position);
    }
    CHECK(positions.size() == k);
  }
}

TEST_CASE("codewords that are all alike still have positions of their own") {
  const std::vector<vqi::detail::Point> points(37, vqi::detail::Point{5, 5, 5, 0});
  const CodewordTree tree(points);
  std::set<std::uint32_t> positions;
  for (std::uint32_t i = 0; i < points.size(); ++i) positions.insert(tree.position_of(i));
  CHECK(positions.size() == points.size());
}

TEST_CASE("greys stand in the tree in their order") {
  std::vector<vqi::detail::Point> points;
  for (int i = 0; i < 64; ++i) points.push_back({i * 37 % 64 * 16, 0, 0, 0});
  const CodewordTree tree(points);
  for (std::size_t i = 0; i < points.size(); ++i)
    CHECK(tree.position_of(i) == static_cast<std::uint32_t>(points[i][0] / 16));
}

TEST_CASE("a plane's distance tells on which side a codeword is, in coordinates") {
  const std::vector<vqi::detail::Point> points{{1000, 0, 0, 0}, {3000, 0, 0, 0}};
  const CodewordTree tree(points);
  CHECK(std::abs(tree.plane(1).distance({1000, 0, 0, 0}) + 1000) <= 1);
  CHECK(std::abs(tree.plane(1).distance({2500, 70, 0, 0}) - 500) <= 1);
}

TEST_CASE("points are means over the parts of a block") {
  const std::vector<std::uint16_t> grey{10, 20, 30, 40};  // a block of 2x2
  const vqi::detail::CodewordPoints quarters = vqi::detail::make_points({1, 2, 2, 1, 8, grey});
  CHECK(quarters.whole[0] == vqi::detail::Point{160, 320, 480, 640});
  CHECK(quarters.right[0] == vqi::detail::Point{320, 320, 640, 640});
  CHECK(quarters.lower[0] == vqi::detail::Point{480, 640, 480, 640});
  const std::vector<std::uint16_t> colour{16, 32, 48, 160, 320, 480};  // 2x1 pixels of 16 bits
  const vqi::detail::CodewordPoints means = vqi::detail::make_points({1, 2, 1, 3, 16, colour});
  CHECK(means.whole[0] == vqi::detail::Point{5, 11, 16, 0});
  CHECK(means.right[0] == vqi::detail::Point{10, 20, 30, 0});
  CHECK(means.lower[0] == means.whole[0]);
}
