// read_exif_orientation: every value, byte order and type, and what says nothing.
#include "exif_orientation.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"

using vqi::detail::read_exif_orientation;
using vqi::testing::Bytes;

namespace {

/// A block whose only entry has this tag, type and value.
Bytes block(std::uint32_t tag, std::uint32_t type, std::uint32_t value, bool is_big_endian) {
  const int value_bytes = type == 1 ? 1 : type == 3 ? 2 : 4;
  Bytes bytes =
      vqi::testing::bytes_of(is_big_endian ? std::string_view("MM\0\x2A", 4) : std::string_view("II\x2A\0", 4));
  const auto put = [&](std::uint64_t number, int size) {
    is_big_endian ? vqi::testing::append_be(bytes, number, size) : vqi::testing::append_le(bytes, number, size);
  };
  put(8, 4);
  put(1, 2);
  put(tag, 2);
  put(type, 2);
  put(1, 4);
  put(value, value_bytes);
  put(0, 4 - value_bytes);
  put(0, 4);
  return bytes;
}

}  // namespace

TEST_CASE("an EXIF orientation is read in both byte orders and of each unsigned type") {
  for (const bool is_big_endian : {false, true})
    for (const std::uint32_t type : {1U, 3U, 4U})
      for (std::uint32_t value = 1; value <= 8; ++value) {
        INFO("type " << type << ", value " << value << ", big-endian " << is_big_endian);
        CHECK(read_exif_orientation(block(274, type, value, is_big_endian)) == value);
      }
}

TEST_CASE("an EXIF block without a valid orientation means upright") {
  CHECK(read_exif_orientation(block(274, 3, 0, false)) == 1);
  CHECK(read_exif_orientation(block(274, 3, 9, false)) == 1);
  CHECK(read_exif_orientation(block(274, 2, 6, false)) == 1);  // a text
  CHECK(read_exif_orientation(block(271, 3, 6, false)) == 1);
  CHECK(read_exif_orientation({}) == 1);
  CHECK(read_exif_orientation(vqi::testing::bytes_of("no EXIF block")) == 1);
  const Bytes whole = block(274, 3, 6, false);
  for (std::size_t size = 0; size < 20; ++size)
    CHECK(read_exif_orientation(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))) == 1);
}
