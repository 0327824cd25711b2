// RowPasses: bands of whole blocks in order, pass after pass.
#include "row_passes.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "streams/row_streams.hpp"
#include "test_images.hpp"
#include "test_work.hpp"

TEST_CASE("each pass gives all rows in bands of whole blocks, the last one as long as the image") {
  const vqi::Image image = vqi::test::make_image(30, 47, 3, 16, vqi::test::Content::noise);
  const vqi::detail::BlockGrid grid{30, 47, 3, 16, 4, 3};
  vqi::test::RowsOfImage rows(image, 3);
  const vqi::RowSource source = rows.source();
  vqi::detail::RowPasses passes(source, grid, 30 * 3 * 4 + 29);
  CHECK(passes.band_bytes() == 12 * image.row_bytes());
  vqi::test::TestWork work(1);
  for (int pass = 0; pass < 2; ++pass) {
    std::uint32_t next = 0;
    passes.read(work, [&](std::uint32_t map_row, const vqi::ImageView& band, const vqi::detail::BlockGrid& part) {
      CHECK(map_row * 3 == next);
      CHECK(band.height_px == std::min(12U, 47 - next));
      CHECK(part.height_px == band.height_px);
      CHECK(part.map_width() == 8);
      for (std::uint32_t y = 0; y < band.height_px; ++y)
        CHECK(std::equal(band.row(y), band.row(y) + band.row_bytes(), image.row(next + y)));
      next += band.height_px;
    });
    CHECK(next == 47);
  }
  CHECK(rows.passes == 2);
  CHECK(rows.wrong == 0);
}

TEST_CASE("a band has one row of blocks where the image is wide") {
  const vqi::Image image = vqi::test::make_image(100, 5, 1, 8, vqi::test::Content::flat);
  vqi::test::RowsOfImage rows(image, 3);
  const vqi::RowSource source = rows.source();
  CHECK(vqi::detail::RowPasses(source, {100, 5, 1, 8, 2, 2}, 10).band_bytes() == 200);
  CHECK(vqi::detail::RowPasses(source, {100, 5, 1, 8, 2, 16}, 10).band_bytes() == 500);
}
