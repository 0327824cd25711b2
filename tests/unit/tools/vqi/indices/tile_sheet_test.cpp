// The sheet of tiles: its columns, and where each codeword goes.
#include "tile_sheet.hpp"

#include <catch2/catch.hpp>

#include "made_block_image.hpp"

using namespace vqi::tool;
using vqi::test::made_block_image;

TEST_CASE("a row has a power of two of tiles, about as many as there are rows") {
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> cases{
      {1, 1}, {2, 2}, {4, 2}, {5, 4}, {16, 4}, {17, 8}, {256, 16}, {257, 32}, {100, 16}, {65536, 256}};
  for (const auto& [k, columns] : cases) CHECK(sheet_columns(k) == columns);
}

TEST_CASE("codewords stand in the order of their indices, and places after them are empty") {
  const BlockImage image = made_block_image(1, {0}, 3, 4, 2, 3, 200);
  const vqi::Image sheet = draw_tile_sheet(image);
  CHECK(sheet.width_px() == 4);
  CHECK(sheet.height_px() == 6);
  CHECK(sheet.channels() == 4);
  for (std::uint32_t k = 0; k < 4; ++k)
    for (std::uint32_t i = 0; i < 6; ++i) {
      const Rgba expected = k < 3 ? image.pixel(k, i) : Rgba{0, 0, 0, 0};
      CHECK(rgba_of_pixel(sheet, k / 2 * 3 + i / 2, k % 2 * 2 + i % 2) == expected);
    }
}

TEST_CASE("a sheet has the depth and the colour metadata of the image") {
  BlockImage image = made_block_image(1, {0}, 2, 1);
  vqi::Image wide(2, 1, 1, 16);
  wide.row16(0)[0] = 1000;
  wide.row16(0)[1] = 65535;
  image.indexed.codebook = wide;
  image.indexed.metadata.gamma = 45455;
  const vqi::Image sheet = draw_tile_sheet(image);
  CHECK(sheet.bit_depth() == 16);
  CHECK(sheet.row16(0)[0] == 1000);
  CHECK(sheet.row16(0)[1] == 65535);
  CHECK(sheet.metadata().gamma == 45455);
}
