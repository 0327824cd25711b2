// BMPs are told from text that begins with the same letters, and say what they may become.
#include "bmp_header.hpp"

#include <catch2/catch.hpp>

#include "bmp_builder.hpp"
#include "bmp_reader.hpp"

using vqi::testing::BmpBuilder;

TEST_CASE("two letters alone make no BMP") {
  CHECK_FALSE(vqi::detail::is_bmp(vqi::testing::bytes_of("BMW builds cars and bikes in Munich")));
  CHECK_FALSE(vqi::detail::is_bmp(vqi::testing::bytes_of("BANANAS ARE YELLOW AND LONG ENOUGH TO LOOK AT")));
  CHECK_FALSE(vqi::detail::is_bmp({}));
  vqi::testing::Bytes file = BmpBuilder{}.build();
  CHECK(vqi::detail::is_bmp(file));
  file.resize(17);
  CHECK_FALSE(vqi::detail::is_bmp(file));
}

TEST_CASE("a header tells the size and the most channels") {
  const auto info = [](const BmpBuilder& bmp) { return vqi::detail::inspect_bmp(bmp.build()); };
  const vqi::ImageFileInfo plain = info({.width_px = 7, .height_px = -5});
  CHECK(plain.format == "BMP");
  CHECK(plain.width_px == 7);
  CHECK(plain.height_px == 5);
  CHECK(plain.channels == 3);
  CHECK(plain.bit_depth == 8);
  CHECK(info({.bits = 8, .compression = 1, .colours_used = 1, .behind_header = vqi::testing::Bytes(4)}).channels == 4);
  CHECK(info({.bits = 0, .compression = 5}).bit_depth == 16);
}

TEST_CASE("a picture list that points backwards ends") {
  vqi::testing::Bytes file = vqi::testing::bytes_of("BA");
  vqi::testing::append_le(file, 26, 4);
  vqi::testing::append_le(file, 0, 8);
  vqi::testing::append(file, BmpBuilder{.pixels = vqi::testing::Bytes(3)}.build());
  const vqi::detail::ByteWindow window(file, "BMP");
  CHECK(vqi::detail::find_bmp_picture(window, 1).count == 1);
  CHECK(vqi::detail::find_bmp_picture(window, 1).offset == 14U);
  CHECK_FALSE(vqi::detail::find_bmp_picture(window, 2).offset);
}
