// Colours as text, to and from.
#include "vqi/colour_text.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "thrown_error.hpp"

using namespace vqi;
using vqi::test::holds;
using vqi::test::thrown_by;

TEST_CASE("digits mean samples of 4, 8 and 16 bits, with and without alpha") {
  CHECK(colour_of_digits("f80")->rgba == Rgba{255, 136, 0, 255});
  CHECK(colour_of_digits("F808")->rgba == Rgba{255, 136, 0, 136});
  CHECK(colour_of_digits("ff8800")->rgba == Rgba{255, 136, 0, 255});
  CHECK(colour_of_digits("Ff880010")->rgba == Rgba{255, 136, 0, 16});
  CHECK(colour_of_digits("ffff88880001")->rgba == Rgba{65535, 0x8888, 1, 65535});
  CHECK(colour_of_digits("ffff888800010002")->rgba == Rgba{65535, 0x8888, 1, 2});
  CHECK(colour_of_digits("ffff88880001")->bit_depth == 16);
  for (const char* wrong : {"", "f", "ff", "fffff", "fffffff", "fffffffff", "ggg", "ff 8800", "#fff"})
    CHECK_FALSE(colour_of_digits(wrong));
}

TEST_CASE("a colour is digits after a hash or a CSS name in any case") {
  CHECK(colour_of_text("#f80")->rgba == Rgba{255, 136, 0, 255});
  CHECK(colour_of_text("Tomato")->rgba == Rgba{255, 99, 71, 255});
  CHECK(colour_of_text("transparent")->rgba == Rgba{0, 0, 0, 0});
  for (const char* wrong : {"", "#", "f80", "# f80", "tomato ", "rgb(1,2,3)"}) CHECK_FALSE(colour_of_text(wrong));
}

TEST_CASE("what is written is read as the same colour") {
  CHECK(text_of_colour({255, 136, 0, 255}, 8) == "#ff8800");
  CHECK(text_of_colour({255, 136, 0, 1}, 8) == "#ff880001");
  CHECK(text_of_colour({1, 2, 3, 65535}, 16) == "#000100020003");
  for (const Rgba& rgba : {Rgba{0, 1, 254, 255}, Rgba{9, 8, 7, 6}})
    for (const std::uint32_t depth : {8U, 16U}) {
      const auto back = colour_of_text(text_of_colour(rgba, depth));
      REQUIRE(back);
      CHECK(back->rgba == rgba);
      CHECK(back->bit_depth == depth);
    }
}

TEST_CASE("an option that is no colour is refused with its name") {
  CHECK(parse_colour("--fix", "#0f0") == Rgba{0, 255, 0, 255});
  const auto thrown = thrown_by([] { static_cast<void>(parse_colour("--fix", "grün")); });
  CHECK(thrown.code == vqi::ErrorCode::invalid_option);
  CHECK(holds(thrown.message, "--fix \"grün\""));
  CHECK(thrown_by([] { static_cast<void>(parse_colour("--fix", "#ffff00001111")); }).code ==
        vqi::ErrorCode::invalid_option);
}
