// ErrorRows: levels of errors at the edges of rows, and the steps that depend on them.
#include "error_rows.hpp"

#include <catch2/catch.hpp>

using vqi::detail::ErrorRows;

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
  CHECK(rows.level(3) == 1);  // 2 (0 + 90) + 40 + 90 after the end
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
