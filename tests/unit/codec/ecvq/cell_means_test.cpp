// Codewords at the means of their cells.
#include "cell_means.hpp"

#include <catch2/catch.hpp>

#include "test_images.hpp"

using vqi::detail::SampleArray;

namespace {

/// A row of single pixels, with what a codebook needs.
struct PixelRow {
  vqi::Image image;
  vqi::ImageView view;
  vqi::detail::BlockGrid grid;
  vqi::detail::TrainingSpace space;
  vqi::detail::MapVectors vectors;

  explicit PixelRow(const std::vector<std::vector<int>>& pixels)
      : image(static_cast<std::uint32_t>(pixels.size()), 1, static_cast<std::uint32_t>(pixels[0].size()), 8),
        view(image),
        grid{image.width_px(), 1, image.channels(), 8, 1, 1},
        space(grid),
        vectors(view, grid, space) {
    for (std::size_t x = 0; x < pixels.size(); ++x)
      for (std::size_t c = 0; c < pixels[x].size(); ++c)
        image.row(0)[x * pixels[x].size() + c] = static_cast<std::byte>(pixels[x][c]);
  }
};

}  // namespace

TEST_CASE("codewords move to the rounded means of their cells") {
  const PixelRow row({{10, 20, 30}, {11, 20, 30}, {200, 100, 0}});
  SampleArray codewords(2, 3, 8);
  std::vector<std::uint16_t> indices{0, 0, 1};
  vqi::detail::move_to_means(row.vectors, codewords, indices);
  REQUIRE(codewords.rows() == 2);
  CHECK(codewords.at(0, 0) == 11);  // 10.5, halves up
  CHECK(codewords.at(0, 1) == 20);
  CHECK(codewords.at(1, 0) == 200);
}

TEST_CASE("codewords without vectors are left out, and equal ones are joined") {
  const PixelRow row({{10}, {12}, {11}, {90}});
  SampleArray codewords(5, 1, 8);
  std::vector<std::uint16_t> indices{3, 3, 1, 4};
  vqi::detail::move_to_means(row.vectors, codewords, indices);
  REQUIRE(codewords.rows() == 2);
  CHECK(codewords.at(0, 0) == 11);
  CHECK(codewords.at(1, 0) == 90);
  CHECK(indices == std::vector<std::uint16_t>{0, 0, 0, 1});
}

TEST_CASE("alpha weighs colours, and transparent codewords show what they hide") {
  const PixelRow row({{100, 0, 0, 255}, {200, 0, 0, 51}, {40, 50, 60, 0}, {60, 50, 60, 0}});
  SampleArray codewords(2, 4, 8);
  std::vector<std::uint16_t> indices{0, 0, 1, 1};
  vqi::detail::move_to_means(row.vectors, codewords, indices);
  REQUIRE(codewords.rows() == 2);
  CHECK(codewords.at(0, 3) == 255);  // as one of its vectors is opaque
  CHECK(codewords.at(0, 0) == 70);   // premultiplied 100 and 40
  CHECK(codewords.at(1, 3) == 0);
  CHECK(codewords.at(1, 0) == 50);
  CHECK(codewords.at(1, 1) == 50);
}
