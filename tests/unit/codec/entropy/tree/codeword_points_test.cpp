// Points of codewords: means in 12 bits of all, of the right and of the lower half, and quarters of grey blocks.
#include "codeword_points.hpp"

#include <catch2/catch.hpp>

using vqi::detail::CodebookView;
using vqi::detail::CodewordPoints;
using vqi::detail::Point;
using vqi::detail::PointAxes;

namespace {

using Samples = std::vector<std::uint16_t>;

CodewordPoints points_of(const CodebookView& view, const Samples& samples) {
  CodebookView with_samples = view;
  with_samples.samples = samples;
  return vqi::detail::make_points(with_samples);
}

}  // namespace

TEST_CASE("single pixels have one point, their samples in 12 bits, at both depths") {
  for (const std::uint32_t depth : {8U, 16U}) {
    const std::uint16_t most = depth == 8 ? 255 : 65535;
    const CodewordPoints points = points_of({2, 1, 1, 3, depth, {}}, {0, most, 100, most, 0, 1});
    CHECK_FALSE(points.is_block);
    CHECK(points.axes == PointAxes::colour);
    CHECK(points.coordinates == 3);
    REQUIRE(points.whole.size() == 2);
    CHECK(points.whole[0] == (depth == 8 ? Point{0, 4080, 1600, 0} : Point{0, 4095, 6, 0}));
    CHECK(points.right == points.whole);
    CHECK(points.lower == points.whole);
  }
}

TEST_CASE("greys keep their own axis, with alpha as a second coordinate") {
  const CodewordPoints grey = points_of({1, 1, 1, 1, 8, {}}, {3});
  CHECK(grey.axes == PointAxes::own);
  CHECK(grey.coordinates == 1);
  CHECK(grey.whole[0] == Point{48, 0, 0, 0});
  const CodewordPoints with_alpha = points_of({1, 1, 1, 2, 8, {}}, {3, 5});
  CHECK(with_alpha.axes == PointAxes::own);
  CHECK(with_alpha.coordinates == 2);
  CHECK(with_alpha.whole[0] == Point{48, 80, 0, 0});
}

TEST_CASE("blocks of colours have means, of halves that share the middle where the side is odd") {
  // 3 x 2 pixels of RGB; the red ones are 10 20 30 over 40 50 60.
  Samples samples;
  for (std::uint16_t red = 10; red <= 60; red = static_cast<std::uint16_t>(red + 10))
    samples.insert(samples.end(), {red, 0, 255});
  const CodewordPoints points = points_of({1, 3, 2, 3, 8, {}}, samples);
  CHECK(points.is_block);
  CHECK(points.axes == PointAxes::colour);
  CHECK(points.whole[0] == Point{35 * 16, 0, 4080, 0});
  CHECK(points.right[0] == Point{40 * 16, 0, 4080, 0});  // columns 1 and 2
  CHECK(points.lower[0] == Point{50 * 16, 0, 4080, 0});
}

TEST_CASE("blocks of grey have their quarters, and halves made of them") {
  const CodewordPoints points = points_of({1, 2, 2, 1, 8, {}}, {1, 2, 3, 4});
  CHECK(points.axes == PointAxes::quarters);
  CHECK(points.coordinates == 4);
  CHECK(points.whole[0] == Point{16, 32, 48, 64});
  CHECK(points.right[0] == Point{32, 32, 64, 64});
  CHECK(points.lower[0] == Point{48, 64, 48, 64});
  // A row of two pixels is as if it stood twice; alpha is left out.
  const CodewordPoints row = points_of({1, 2, 1, 2, 8, {}}, {1, 200, 2, 100});
  CHECK(row.whole[0] == Point{16, 32, 16, 32});
}
