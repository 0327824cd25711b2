// The rows of the strips that our encoder writes.
#include "strip_rows.hpp"

#include <catch2/catch.hpp>

TEST_CASE("strips are the lowest that hold the vectors asked for, and one where the map holds fewer") {
  CHECK(vqi::detail::choose_strip_rows({65536, 9, 1, 8}) == 1);
  CHECK(vqi::detail::choose_strip_rows({65535, 9, 1, 8}) == 2);
  CHECK(vqi::detail::choose_strip_rows({1, 70000, 1, 8}) == 65536);
  CHECK(vqi::detail::choose_strip_rows({10, 7, 1, 8}) == 7);
  CHECK(vqi::detail::choose_strip_rows({100, 70, 1, 8, 10, 10}, 21) == 3);
  CHECK(vqi::detail::choose_strip_rows({4294967295U, 2, 1, 8}) == 1);
}
