// Palette chunks of PNG files: read with their checks, written as libpng expects them.
#include "png_palette.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/image_io.hpp"

using namespace vqi::tool;
using vqi::ErrorCode;
using vqi::test::thrown_by;
using vqi::testing::Bytes;
using vqi::testing::bytes_of;

namespace {

Bytes plain_png() {
  return vqi::write_image_bytes(vqi::test::make_image(9, 9, 3, 8, vqi::test::Content::noise), ".png");
}

Palette deep_palette() { return {"vqi", 16, {{{1, 2, 3, 4}, {}}, {{65535, 0, 256, 65535}, {}}}, {}}; }

}  // namespace

TEST_CASE("a suggested palette is read as it was written, and the picture stays whole") {
  const Bytes file = with_suggested_palette(plain_png(), deep_palette());
  CHECK(is_png(file));
  const auto palette = palette_in_png(file);
  REQUIRE(palette);
  CHECK(palette->bit_depth == 16);
  CHECK(palette->colours == deep_palette().colours);
  CHECK(vqi::read_image(file, {vqi::DecodeLimits{}, vqi::Damage::refuse_any, 1}).warnings.empty());
  CHECK_FALSE(palette_in_png(plain_png()));
  CHECK_FALSE(is_png(bytes_of("PNG")));
}

TEST_CASE("a palette PNG has its own palette with alpha") {
  vqi::Image image(4, 1, 4, 8);
  for (std::size_t i = 0; i < 16; ++i) image.row(0)[i] = static_cast<std::byte>(10 * i);
  const auto palette = palette_in_png(vqi::write_image_bytes(image, ".png"));
  if (palette) {
    CHECK(palette->colours.size() >= 4);
    CHECK(palette->has_alpha());
  }
}

TEST_CASE("chunks that are cut, damaged or wrong are refused with their place") {
  Bytes file = with_suggested_palette(plain_png(), deep_palette());
  constexpr std::size_t chunk = 33;
  for (const std::size_t size : {34U, 40U, 50U})
    CHECK(thrown_by([&] { static_cast<void>(palette_in_png(std::span(file).first(size))); }).code ==
          ErrorCode::corrupt_palette);
  file[chunk + 15] ^= std::byte{1};
  const auto thrown = thrown_by([&] { static_cast<void>(palette_in_png(file)); });
  CHECK(thrown.code == ErrorCode::corrupt_palette);
  CHECK(thrown.offset == chunk);

  for (const std::string& body : {std::string("vqi"), std::string("vqi\0\x08", 5),
                                  std::string("vqi\0\x07"
                                              "1234567890",
                                              15),
                                  std::string("vqi\0\x08"
                                              "12345",
                                              10),
                                  std::string(90, 'n')}) {
    const Bytes bad = vqi::testing::with_png_chunk(plain_png(), vqi::testing::png_chunk("sPLT", bytes_of(body)));
    CHECK(thrown_by([&] { static_cast<void>(palette_in_png(bad)); }).code == ErrorCode::corrupt_palette);
  }
}
