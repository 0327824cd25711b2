// read_exif: orientations and resolutions in both byte orders, types and units, and blocks that are cut or hold
// nonsense.
#include "exif.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"

namespace {

using vqi::PixelDensity;
using vqi::testing::Bytes;

std::uint32_t orientation_of(std::span<const std::byte> block) { return vqi::detail::read_exif(block).orientation; }
auto density_of(std::span<const std::byte> block) { return vqi::detail::read_exif(block).density; }

/// A block whose only entry has this tag, type and value.
Bytes entry_block(std::uint32_t tag, std::uint32_t type, std::uint32_t value, bool is_big_endian) {
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

TEST_CASE("an EXIF orientation is read in both byte orders and of each unsigned type") {
  for (const bool is_big_endian : {false, true})
    for (const std::uint32_t type : {1U, 3U, 4U})
      for (std::uint32_t value = 1; value <= 8; ++value) {
        INFO("type " << type << ", value " << value << ", big-endian " << is_big_endian);
        CHECK(orientation_of(entry_block(274, type, value, is_big_endian)) == value);
      }
}

TEST_CASE("an EXIF block without a valid orientation means upright") {
  CHECK(orientation_of(entry_block(274, 3, 0, false)) == 1);
  CHECK(orientation_of(entry_block(274, 3, 9, false)) == 1);
  CHECK(orientation_of(entry_block(274, 2, 6, false)) == 1);  // a text
  CHECK(orientation_of(entry_block(271, 3, 6, false)) == 1);
  CHECK(orientation_of({}) == 1);
  CHECK(orientation_of(vqi::testing::bytes_of("no EXIF block")) == 1);
  const Bytes whole = entry_block(274, 3, 6, false);
  for (std::size_t size = 0; size < 20; ++size)
    CHECK(orientation_of(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))) == 1);
}

TEST_CASE("resolutions per inch and per centimetre become samples per metre") {
  for (const bool is_big_endian : {false, true}) {
    CHECK(density_of(block_of(72, 300, 1, 2, is_big_endian)) == PixelDensity{2835, 11811, 1});
    CHECK(density_of(block_of(144, 600, 2, 0, is_big_endian)) == PixelDensity{2835, 11811, 1});
    CHECK(density_of(block_of(118, 50, 1, 3, is_big_endian)) == PixelDensity{11800, 5000, 1});
  }
}

TEST_CASE("a block without a known density has none") {
  CHECK_FALSE(density_of(block_of(72, 72, 1, 1, false)));
  CHECK_FALSE(density_of(block_of(72, 72, 0, 2, false)));
  CHECK_FALSE(density_of(block_of(0, 72, 1, 2, false)));
  CHECK_FALSE(density_of(block_of(0xFFFFFFFF, 72, 1, 2, false)));
  CHECK_FALSE(density_of(vqi::testing::exif_block(6)));
  const Bytes whole = block_of(72, 300, 1, 2, true);
  for (std::size_t length = 0; length < whole.size(); ++length) CHECK_FALSE(density_of(std::span(whole).first(length)));
}

TEST_CASE("JPEG's prefix is skipped, and a block of an unknown byte order or version says nothing") {
  Bytes prefixed = vqi::testing::bytes_of({"Exif\0\0", 6});
  vqi::testing::append(prefixed, entry_block(274, 3, 6, true));
  CHECK(orientation_of(prefixed) == 6);
  for (const std::string_view begins : {std::string_view("II\x2B\0", 4), {"MM\x2A\0", 4}, {"IM\x2A\0", 4}}) {
    Bytes block = block_of(72, 300, 1, 2, false);
    for (std::size_t i = 0; i < begins.size(); ++i) block[i] = static_cast<std::byte>(begins[i]);
    CHECK_FALSE(density_of(block));
  }
}

TEST_CASE("an orientation in front of damage is kept, and the first of several counts") {
  Bytes block = entry_block(274, 3, 6, false);
  block[8] = std::byte{9};  // of nine entries one is there
  CHECK(orientation_of(block) == 6);
  block[8] = std::byte{2};
  block.resize(22);
  const Bytes second = entry_block(274, 3, 3, false);
  vqi::testing::append(block, std::span(second).subspan(10));
  CHECK(orientation_of(block) == 6);
}
