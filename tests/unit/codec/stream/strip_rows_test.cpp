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

TEST_CASE("strips of models are alike and of an even number, and one where the map is small") {
  using vqi::detail::choose_strip_rows;
  CHECK(choose_strip_rows({2048, 2048, 3, 8}, vqi::Model::balanced) == 2048);
  CHECK(choose_strip_rows({3072, 2048, 3, 8}, vqi::Model::balanced) == 1024);
  CHECK(choose_strip_rows({6056, 4000, 3, 8}, vqi::Model::balanced) == 666);  // 5 of them, and one of 670 rows
  CHECK(choose_strip_rows({6056, 4000, 3, 8}, vqi::Model::fast) == 1000);
  CHECK(choose_strip_rows({4000, 3000, 3, 8}, vqi::Model::max) == 1500);
}

TEST_CASE("few long rows make no more strips than asked for, and at least one row each") {
  using vqi::detail::choose_strip_rows;
  CHECK(choose_strip_rows({4294967295U, 1, 1, 8}, vqi::Model::fast) == 1);
  CHECK(choose_strip_rows({4000000, 3, 1, 8}, vqi::Model::balanced) == 2);
  CHECK(choose_strip_rows({2300000, 11, 1, 8}, vqi::Model::balanced) == 2);
}
