// BlockImage: the size of a block, pixels of codewords, alpha and padding.
#include "block_image.hpp"

#include <catch2/catch.hpp>

#include "made_block_image.hpp"

using namespace vqi::tool;
using vqi::test::made_block_image;

TEST_CASE("the size of a block follows from the codebook, and pixels are counted row by row") {
  const BlockImage image = made_block_image(2, {0, 1, 2, 0}, 3, 3, 2, 4);
  CHECK(image.block_width_px == 2);
  CHECK(image.block_height_px == 4);
  CHECK(image.has_blocks());
  CHECK(image.pixels_in_block() == 8);
  CHECK(image.pixel(2, 0) == Rgba{20, 21, 22, 255});
  CHECK(image.pixel(2, 7) == Rgba{48, 49, 50, 255});
  CHECK(image.map_row(1)[0] == 2);
  CHECK_FALSE(made_block_image(1, {0}, 1).has_blocks());
}

TEST_CASE("grey codewords have three equal samples") {
  CHECK(made_block_image(1, {0, 1}, 2, 1).pixel(1, 0) == Rgba{10, 10, 10, 255});
  CHECK(made_block_image(1, {0, 1}, 2, 2, 1, 1, 7).pixel(1, 0) == Rgba{10, 10, 10, 7});
}

TEST_CASE("an image has alpha only where a pixel is not opaque") {
  CHECK_FALSE(made_block_image(1, {0}, 1, 3).has_alpha());
  CHECK_FALSE(made_block_image(1, {0}, 1, 4).has_alpha());
  CHECK(made_block_image(1, {0}, 1, 4, 2, 2, 254).has_alpha());
  CHECK(made_block_image(1, {0}, 1, 2, 1, 1, 0).has_alpha());
}

TEST_CASE("a map is padded where its blocks reach beyond the image") {
  BlockImage image = made_block_image(2, {0, 0}, 1, 3, 8, 8);
  CHECK_FALSE(image.is_padded());
  image.indexed.height_px = 7;
  CHECK(image.is_padded());
  image.indexed.height_px = 8;
  image.indexed.width_px = 9;
  CHECK(image.is_padded());
}
