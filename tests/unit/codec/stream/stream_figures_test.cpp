// figures_of: ratio and rates against figures done by hand.
#include "stream_figures.hpp"

#include <catch2/catch.hpp>

TEST_CASE("figures are those of the header and of where the bytes went") {
  vqi::detail::StreamHeader header;
  header.grid = {20, 10, 3, 16, 4, 2};
  header.k = 7;
  header.coding = vqi::detail::IndexCoding::context_model;
  header.model = vqi::Model::balanced;
  vqi::ByteCounts bytes;
  bytes.file = 300;
  bytes.index = 25;
  const vqi::StreamFigures figures = vqi::detail::figures_of(header, bytes);
  CHECK(figures.width_px == 20);
  CHECK(figures.height_px == 10);
  CHECK(figures.channels == 3);
  CHECK(figures.bit_depth == 16);
  CHECK(figures.raw_bytes == 1200);
  CHECK(figures.bytes.file == 300);
  CHECK(figures.ratio == 4);
  CHECK(figures.bpp == 12);
  CHECK(figures.index_bpp == 1);
  CHECK(figures.k == 7);
  CHECK(figures.block_width_px == 4);
  CHECK(figures.block_height_px == 2);
  CHECK(figures.coding == vqi::Coding::entropy);
  CHECK(figures.model == vqi::Model::balanced);
}

TEST_CASE("a stream of packed indices has no model") {
  vqi::detail::StreamHeader header;
  header.grid = {2, 2, 1, 8};
  header.coding = vqi::detail::IndexCoding::fixed_width;
  vqi::ByteCounts bytes;
  bytes.file = 1;
  CHECK(vqi::detail::figures_of(header, bytes).coding == vqi::Coding::packed);
  CHECK_FALSE(vqi::detail::figures_of(header, bytes).model);
}
