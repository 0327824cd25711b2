// Lengths and names of strips.
#include "strip_entry.hpp"

#include <catch2/catch.hpp>
#include <utility>

using vqi::detail::IndexCoding;
using vqi::detail::StreamHeader;

TEST_CASE("the lengths that a strip may have follow from header and coding") {
  StreamHeader header;
  header.grid = {6, 4, 1, 8};
  header.k = 5;
  header.strip_rows = 4;
  CHECK(vqi::detail::strip_length_fits(header, 24, 9));
  CHECK_FALSE(vqi::detail::strip_length_fits(header, 24, 10));
  header.coding = IndexCoding::uniform_range;
  for (const auto& [length, fits] :
       {std::pair{28U, false}, {32U, true}, {33U, false}, {36U, true}, {80U, true}, {84U, false}})
    CHECK(vqi::detail::strip_length_fits(header, 24, length) == fits);
  header.coding = IndexCoding::context_model;
  CHECK(vqi::detail::strip_length_fits(header, 24, 1));
  CHECK(vqi::detail::strip_length_fits(header, 24, std::uint64_t{1} << 40));
  CHECK_FALSE(vqi::detail::strip_length_fits(header, 24, 0));
  header.k = 1;
  CHECK(vqi::detail::strip_length_fits(header, 24, 0));
  CHECK_FALSE(vqi::detail::strip_length_fits(header, 24, 1));
}

TEST_CASE("a strip is told by its pixel rows, which end with the image and not with the last block") {
  StreamHeader header;
  header.grid = {1024 * 8, 16 * 16 * 2 - 5, 1, 8, 8, 8};
  header.k = 1;
  header.strip_rows = 30;
  CHECK(vqi::detail::strip_words(header, 0) == "strip 0 (pixel rows 0 to 239)");
  CHECK(vqi::detail::strip_words(header, 1) == "strip 1 (pixel rows 240 to 506)");
}
