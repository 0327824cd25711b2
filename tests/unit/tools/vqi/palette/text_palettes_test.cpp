// Palettes of text: what each reader takes and refuses, and that what is written is read.
#include "text_palettes.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "thrown_error.hpp"

using namespace vqi::tool;
using vqi::ErrorCode;
using vqi::test::holds;
using vqi::test::thrown_by;

namespace {

const Palette four{
    "four",
    8,
    {{{0, 0, 0, 255}, "black"}, {{255, 255, 255, 255}, {}}, {{255, 0, 10, 255}, {}}, {{1, 2, 3, 255}, {}}},
    {}};

std::vector<Rgba> colours_of(const Palette& palette) {
  std::vector<Rgba> colours;
  for (const PaletteColour& colour : palette.colours) colours.push_back(colour.rgba);
  return colours;
}

/// The reader refuses the text with a place and these words.
template <typename Reader>
void refuses(const Reader& read, const std::string& text, const std::string& words) {
  const auto thrown = thrown_by([&] { static_cast<void>(read(text)); });
  INFO(text << ": " << thrown.message);
  CHECK(thrown.code == ErrorCode::corrupt_palette);
  CHECK(holds(thrown.message, words));
}

}  // namespace

TEST_CASE("palettes of text are read as they were written") {
  CHECK(colours_of(read_hex_palette(write_hex_palette(four))) == colours_of(four));
  const Palette gimp = read_gimp_palette(write_gimp_palette(four));
  CHECK(colours_of(gimp) == colours_of(four));
  CHECK(gimp.name == "four");
  CHECK(gimp.colours[0].name == "black");
  CHECK(colours_of(read_jasc_palette(write_jasc_palette(four))) == colours_of(four));

  Palette clear = four;
  clear.colours[1].rgba[3] = 7;
  CHECK(colours_of(read_hex_palette(write_hex_palette(clear))) == colours_of(clear));
  CHECK(colours_of(read_jasc_palette(write_jasc_palette(clear))) == colours_of(clear));

  const Palette deep{"", 16, {{{1, 2, 65535, 65535}, {}}, {{1, 2, 3, 4}, {}}}, {}};
  CHECK(colours_of(read_hex_palette(write_hex_palette(deep))) == colours_of(deep));
  CHECK(read_hex_palette(write_hex_palette(deep)).bit_depth == 16);
}

TEST_CASE("text of digits may have several colours in a line, names and comments") {
  CHECK(colours_of(read_hex_palette("#fff, 000000;first\r\n\n// none\ntomato 11223344")) ==
        std::vector<Rgba>{{255, 255, 255, 255}, {0, 0, 0, 255}, {255, 99, 71, 255}, {0x11, 0x22, 0x33, 0x44}});
  CHECK(colours_of(read_hex_palette("; paint.net Palette File\nFF112233\n80112233\n")) ==
        std::vector<Rgba>{{0x11, 0x22, 0x33, 255}, {0x11, 0x22, 0x33, 0x80}});
}

TEST_CASE("text of digits that is wrong is refused at its line") {
  refuses(read_hex_palette, "", "no colours");
  refuses(read_hex_palette, "; nothing\n", "no colours");
  refuses(read_hex_palette, "#fff\n#ff", "line 2");
  refuses(read_hex_palette, "#fff\nffff00001111", "another number of digits");
  std::string many;
  for (int i = 0; i < 65537; ++i) many += "fff ";
  refuses(read_hex_palette, many, "more than 65536");
}

TEST_CASE("a .gpl file has its name, comments, names of colours and perhaps alpha") {
  const Palette palette =
      read_gimp_palette("GIMP Palette\r\nName:  My  colours \r\nColumns: 2\n# hello\n\n  1 2\t3 sea green\n4 5 6");
  CHECK(palette.name == "My  colours");
  CHECK(colours_of(palette) == std::vector<Rgba>{{1, 2, 3, 255}, {4, 5, 6, 255}});
  CHECK(palette.colours[0].name == "sea green");
  CHECK(colours_of(read_gimp_palette("GIMP Palette\nChannels: RGBA\n#\n1 2 3 4 x\n")) ==
        std::vector<Rgba>{{1, 2, 3, 4}});
  refuses(read_gimp_palette, "GIMP Palettes\n1 2 3\n", "line 1");
  refuses(read_gimp_palette, "GIMP Palette\n", "no colours");
  refuses(read_gimp_palette, "GIMP Palette\n#\n1 2\n", "line 3");
  refuses(read_gimp_palette, "GIMP Palette\n#\n1 2 256\n", "0 to 255");
  refuses(read_gimp_palette, "GIMP Palette\n#\n1 2 -3\n", "0 to 255");
}

TEST_CASE("a JASC file has as many colours as it says") {
  CHECK(colours_of(read_jasc_palette("JASC-PAL\n0100\n2\n1 2 3\n4 5 6 7\n\n")) ==
        std::vector<Rgba>{{1, 2, 3, 255}, {4, 5, 6, 7}});
  refuses(read_jasc_palette, "JASC-PAL", "ends before its version");
  refuses(read_jasc_palette, "JASC-PAL\n0200\n1\n1 2 3\n", "0100");
  refuses(read_jasc_palette, "JASC-PAL\n0100\n0\n", "number of colours");
  refuses(read_jasc_palette, "JASC-PAL\n0100\n65537\n", "number of colours");
  refuses(read_jasc_palette, "JASC-PAL\n0100\n2\n1 2 3\n", "ends before the last colour");
  refuses(read_jasc_palette, "JASC-PAL\n0100\n1\n1 2 3\n4 5 6\n", "line 5");
  refuses(read_jasc_palette, "JASC-PAL\n0100\n1\n1 2 3 4 5\n", "more than four");
}

TEST_CASE("the first bytes tell the forms apart") {
  CHECK(is_gimp_palette("GIMP Palette\n"));
  CHECK_FALSE(is_gimp_palette("JASC-PAL\n"));
  CHECK(is_jasc_palette("JASC-PAL\n"));
}
