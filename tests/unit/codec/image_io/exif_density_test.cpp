// read_exif_density: resolutions in both byte orders and units, and blocks that are cut or hold nonsense.
#include "exif_density.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"

namespace {

using vqi::PixelDensity;
using vqi::testing::Bytes;

/// A block with both resolutions, and a unit unless it is 0.
Bytes block_of(std::uint32_t x, std::uint32_t y, std::uint32_t divisor, std::uint32_t unit, bool is_big_endian) {
  Bytes block =
      vqi::testing::bytes_of(is_big_endian ? std::string_view("MM\0\x2A", 4) : std::string_view("II\x2A\0", 4));
  const auto put = [&](std::uint64_t value, int size) {
    is_big_endian ? vqi::testing::append_be(block, value, size) : vqi::testing::append_le(block, value, size);
  };
  const std::uint32_t entries = unit == 0 ? 2 : 3;
  put(8, 4);
  put(entries, 2);
  for (const std::uint32_t tag : {282U, 283U}) {
    put(tag, 2);
    put(5, 2);
    put(1, 4);
    put(8 + 2 + entries * 12 + 4 + (tag == 282 ? 0U : 8U), 4);
  }
  if (unit != 0) {
    put(296, 2);
    put(3, 2);
    put(1, 4);
    put(unit, 2);
    put(0, 2);
  }
  put(0, 4);
  for (const std::uint32_t value : {x, divisor, y, divisor}) put(value, 4);
  return block;
}

}  // namespace

TEST_CASE("resolutions per inch and per centimetre become samples per metre") {
  for (const bool is_big_endian : {false, true}) {
    CHECK(vqi::detail::read_exif_density(block_of(72, 300, 1, 2, is_big_endian)) == PixelDensity{2835, 11811, 1});
    CHECK(vqi::detail::read_exif_density(block_of(144, 600, 2, 0, is_big_endian)) == PixelDensity{2835, 11811, 1});
    CHECK(vqi::detail::read_exif_density(block_of(118, 50, 1, 3, is_big_endian)) == PixelDensity{11800, 5000, 1});
  }
}

TEST_CASE("a block without a known density has none") {
  CHECK_FALSE(vqi::detail::read_exif_density(block_of(72, 72, 1, 1, false)));
  CHECK_FALSE(vqi::detail::read_exif_density(block_of(72, 72, 0, 2, false)));
  CHECK_FALSE(vqi::detail::read_exif_density(block_of(0, 72, 1, 2, false)));
  CHECK_FALSE(vqi::detail::read_exif_density(block_of(0xFFFFFFFF, 72, 1, 2, false)));
  CHECK_FALSE(vqi::detail::read_exif_density(vqi::testing::exif_block(6)));
  const Bytes whole = block_of(72, 300, 1, 2, true);
  for (std::size_t length = 0; length < whole.size(); ++length)
    CHECK_FALSE(vqi::detail::read_exif_density(std::span(whole).first(length)));
}
