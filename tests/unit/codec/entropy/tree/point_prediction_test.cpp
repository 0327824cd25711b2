// PointPrediction and ErrorRows: predictions by their formulas, errors and their levels at the edges of rows.
#include "point_prediction.hpp"

#include <catch2/catch.hpp>

#include "index_maps.hpp"

using vqi::detail::ErrorRows;
using vqi::detail::Point;

namespace {

/// Eight greys: the codeword at position p of the tree has the grey 32 p.
struct Greys {
  vqi::test::MadeCodebook codebook{{0, 32, 64, 96, 128, 160, 192, 224}, 8, 1, 1, 1, 8};
  vqi::detail::CodewordPoints points = vqi::detail::make_points(codebook.view());
  vqi::detail::CodewordTree tree{points.whole};
  vqi::detail::PointPrediction prediction{points, tree};

  [[nodiscard]] std::uint16_t position(std::size_t index) const {
    return static_cast<std::uint16_t>(tree.position_of(index));
  }
  [[nodiscard]] std::int32_t grey(std::uint16_t at) const { return prediction.point(at)[0]; }
};

}  // namespace

TEST_CASE("a point at a position is its codeword's") {
  const Greys greys;
  for (std::size_t index = 0; index < 8; ++index)
    CHECK(greys.prediction.point(greys.position(index)) == greys.points.whole[index]);
}

TEST_CASE("pixels are predicted from six neighbours by the format's weights, within the range of samples") {
  const Greys greys;
  vqi::detail::Random random(1);
  for (int round = 0; round < 300; ++round) {
    std::array<std::uint16_t, 8> row{};
    std::array<std::uint16_t, 8> above{};
    std::array<std::uint16_t, 8> two_above{};
    for (auto* const line : {&row, &above, &two_above})
      for (std::uint16_t& position : *line) position = static_cast<std::uint16_t>(random.below(8));
    const std::int32_t w = greys.grey(row[2]);
    const std::int32_t n = greys.grey(above[3]);
    const std::int32_t nw = greys.grey(above[2]);
    const std::int32_t sum =
        8 * (w + n) + 3 * (greys.grey(above[4]) - nw) + greys.grey(above[5]) - greys.grey(two_above[4]);
    const Point predicted = greys.prediction.predict(&row[3], &above[3], &two_above[3]);
    CHECK(predicted[0] == std::clamp((sum + 8) >> 4, 0, 4095));
    CHECK(predicted[1] == 0);
    const std::int32_t median = std::max(std::min(w, n), std::min(std::max(w, n), w + n - nw));
    CHECK(greys.prediction.predict_median(&row[3], &above[3])[0] == median);
  }
}

TEST_CASE("blocks are predicted from the right half of the left one and the lower half of the upper one") {
  const vqi::test::MadeCodebook codebook = vqi::test::make_codebook(8, 2, 2, 3, 8);
  const vqi::detail::CodewordPoints points = vqi::detail::make_points(codebook.view());
  const vqi::detail::CodewordTree tree(points.whole);
  const vqi::detail::PointPrediction prediction(points, tree);
  const std::array<std::uint16_t, 3> row{static_cast<std::uint16_t>(tree.position_of(5)), 0, 0};
  const std::array<std::uint16_t, 3> above{0, static_cast<std::uint16_t>(tree.position_of(2)), 0};
  const Point predicted = prediction.predict(&row[1], &above[1], &above[1]);
  for (std::size_t d = 0; d < 4; ++d) CHECK(predicted[d] == (points.right[5][d] + points.lower[2][d] + 1) / 2);
}

TEST_CASE("an error is the mean of the greatest difference and of the sum of all") {
  const Greys greys;
  const Point point = greys.points.whole[3];
  CHECK(greys.prediction.error(point, greys.position(3)) == 0);
  CHECK(greys.prediction.error({point[0] - 9, 0, 0, 0}, greys.position(3)) == 9);
  CHECK(greys.prediction.error({point[0] + 10, 4, 0, 2}, greys.position(3)) == 13);
  CHECK(greys.prediction.error({4095, 4095, 4095, 4095}, greys.position(0)) == 10237);
}

TEST_CASE("levels rise with the errors of W, N, NW and NE, of which those outside are 128") {
  ErrorRows rows(4);
  rows.begin_row();
  CHECK(rows.level(0) == 2);  // 6 times 128
  for (std::size_t x = 0; x < 4; ++x) rows.set(x, 0);
  rows.end_row();
  rows.begin_row();
  CHECK(rows.level(0) == 1);  // 2 x 128 to the left, and 128 above that
  rows.set(0, 0);
  CHECK(rows.level(1) == 0);
  rows.set(1, 65535);
  CHECK(rows.level(2) == 7);
  CHECK(rows.level_below(1) == 7);
  rows.set(2, 40);
  CHECK(rows.level(3) == 0);
  rows.set(3, 90);
  rows.end_row();
  rows.begin_row();
  rows.inherit(1);
  CHECK(rows.level_below(1) == 7);  // half of 65535
  rows.set(2, 0);
  rows.inherit(3);
  CHECK(rows.level(3) == 1);  // 2 (0 + 90) + 40 + 90 behind the end
  CHECK(ErrorRows::size_bytes(4) == 2 * 6 * 2);
}

TEST_CASE("distances from a plane become 24 steps, the finer the better predictions are") {
  for (std::uint32_t level = 0; level < 8; ++level) {
    CHECK(vqi::detail::distance_step(0, level) == 12);
    CHECK(vqi::detail::distance_step(-100'000, level) == 0);
    CHECK(vqi::detail::distance_step(100'000, level) == 23);
    for (std::int32_t distance = -3000; distance < 3000; ++distance)
      REQUIRE(vqi::detail::distance_step(distance, level) <= vqi::detail::distance_step(distance + 1, level));
    if (level > 0) CHECK(vqi::detail::distance_step(200, level) <= vqi::detail::distance_step(200, level - 1));
  }
}
