// What follows from a palette's colours: alpha, and rounding to 8 bits.
#include "palette.hpp"

#include <catch2/catch.hpp>

using namespace vqi::tool;

TEST_CASE("a palette has alpha where a colour is not opaque in its depth") {
  CHECK_FALSE(Palette{"", 8, {{{1, 2, 3, 255}, {}}}, {}}.has_alpha());
  CHECK(Palette{"", 8, {{{1, 2, 3, 254}, {}}}, {}}.has_alpha());
  CHECK(Palette{"", 16, {{{1, 2, 3, 255}, {}}}, {}}.has_alpha());
  CHECK_FALSE(Palette{"", 16, {{{1, 2, 3, 65535}, {}}}, {}}.has_alpha());
}

TEST_CASE("samples of 16 bits are rounded to the nearest of 8") {
  const Palette narrow = at_8_bits({"n", 16, {{{0, 128, 129, 65535}, "a"}, {{257, 385, 386, 65406}, "b"}}, {4, 5}});
  CHECK(narrow.bit_depth == 8);
  CHECK(narrow.colours[0] == PaletteColour{{0, 0, 1, 255}, "a"});
  CHECK(narrow.colours[1] == PaletteColour{{1, 1, 2, 254}, "b"});
  CHECK(narrow.counts == std::vector<std::uint64_t>{4, 5});
  for (std::uint32_t value = 0; value < 256; ++value) {
    const auto wide = static_cast<std::uint16_t>(257 * value);
    CHECK(at_8_bits({"", 16, {{{wide, 0, 0, 0}, {}}}, {}}).colours[0].rgba[0] == value);
  }
}

TEST_CASE("a pixel of an image is a colour, grey and opaque where the image has no more") {
  vqi::Image grey(2, 1, 2, 16);
  for (std::uint16_t i = 0; i < 4; ++i) grey.row16(0)[i] = static_cast<std::uint16_t>(1000 * i);
  CHECK(rgba_of_pixel(grey, 0, 1) == Rgba{2000, 2000, 2000, 3000});
  vqi::Image rgb(1, 2, 3, 8);
  for (int i = 0; i < 6; ++i) rgb.samples()[static_cast<std::size_t>(i)] = static_cast<std::byte>(i);
  CHECK(rgba_of_pixel(rgb, 1, 0) == Rgba{3, 4, 5, 255});
}
