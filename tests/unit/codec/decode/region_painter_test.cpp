// RegionPainter: the part of a strip that a rectangle has, also where it cuts blocks.
#include "region_painter.hpp"

#include <catch2/catch.hpp>

#include "test_images.hpp"
#include "test_work.hpp"
#include "thrown_error.hpp"
#include "written_stream.hpp"

TEST_CASE("a rectangle is painted from strips that begin before it and end behind it, and cuts blocks") {
  const vqi::test::MadeStream made = vqi::test::make_stream({20, 18, 2, 16, 4, 3}, 9, {});
  const vqi::detail::RegionPainter painter(made.header, 5, 4, 10, 9);
  CHECK(painter.begin_row() == 1);
  CHECK(painter.end_row() == 5);
  CHECK(painter.scratch_bytes() == 11 * 3 * 4);  // one row of blocks, from the first pixel of the first block on
  vqi::Image region(10, 9, 2, 16);
  vqi::test::TestWork work(1);
  const std::span<const std::uint16_t> indices(made.indices);
  painter.paint(0, indices.first(5 * 3), made.codebook, region, work);
  painter.paint(3, indices.subspan(5 * 3, 5 * 2), made.codebook, region, work);
  std::size_t wrong = 0;
  for (std::uint32_t y = 0; y < 9; ++y)
    for (std::uint32_t x = 0; x < 10; ++x)
      for (std::uint32_t c = 0; c < 2; ++c) {
        const std::uint32_t at_x = x + 5;
        const std::uint32_t at_y = y + 4;
        const std::uint16_t index = made.indices[at_y / 3 * 5 + at_x / 4];
        if (vqi::test::sample_at(region, x, y, c) != made.codebook.at(index, (at_y % 3 * 4 + at_x % 4) * 2 + c))
          ++wrong;
      }
  CHECK(wrong == 0);
}

TEST_CASE("a painter of a rectangle outside the image is refused") {
  const vqi::test::MadeStream made = vqi::test::make_stream({20, 18, 1, 8}, 9, {});
  const auto code = [&](std::uint32_t x, std::uint32_t width) {
    return vqi::test::thrown_by([&] { vqi::detail::RegionPainter(made.header, x, 0, width, 1); }).code;
  };
  CHECK_FALSE(code(19, 1));
  CHECK(code(19, 2) == vqi::ErrorCode::invalid_option);
  CHECK(code(0, 0) == vqi::ErrorCode::invalid_option);
}
