// Lengths of tile-parts that pass the end of the bytes are shortened to it, and nothing else is changed.
#include <catch2/catch.hpp>
#include <cstddef>
#include <vector>

#include "tile_parts.hpp"

namespace vqi::detail {
namespace {

using Bytes = std::vector<std::byte>;

Bytes bytes_of(std::initializer_list<int> values) {
  Bytes bytes;
  for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

}  // namespace

TEST_CASE("a tile-part that claims more than there is gets the length of what there is", "[tile_parts]") {
  const Bytes claims_much = bytes_of({1, 2, 0xFF, 0x90, 0, 10, 0, 0, 0xFB, 0xFF, 0xFF, 0x36, 0, 1, 0xFF, 0x93});
  const Bytes bounded = with_bounded_tile_parts(claims_much);
  CHECK(bounded == bytes_of({1, 2, 0xFF, 0x90, 0, 10, 0, 0, 0, 0, 0, 14, 0, 1, 0xFF, 0x93}));
  CHECK(with_bounded_tile_parts(bounded).empty());
}

TEST_CASE("each tile-part is bounded by what follows it", "[tile_parts]") {
  const Bytes two = bytes_of({0xFF, 0x90, 0, 10, 0, 0, 0,    0,    0,    12,   0, 1,  //
                              0xFF, 0x90, 0, 10, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1});
  const Bytes bounded = with_bounded_tile_parts(two);
  REQUIRE(bounded.size() == two.size());
  CHECK(bounded[9] == std::byte{12});
  CHECK(bounded[21] == std::byte{12});
}

TEST_CASE("tile-parts that are cut off before their length are left alone", "[tile_parts]") {
  CHECK(with_bounded_tile_parts({}).empty());
  CHECK(with_bounded_tile_parts(bytes_of({0xFF, 0x90, 0, 10, 0, 0, 0xFF, 0xFF, 0xFF})).empty());
  CHECK(with_bounded_tile_parts(bytes_of({0xFF, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1})).empty());
}

}  // namespace vqi::detail
