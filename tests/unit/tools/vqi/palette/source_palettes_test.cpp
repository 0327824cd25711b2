// Palettes for programs: CSS, C and raw bytes, sample by sample.
#include "source_palettes.hpp"

#include <catch2/catch.hpp>

using namespace vqi::tool;

namespace {

const Palette two{"", 8, {{{255, 128, 0, 255}, {}}, {{1, 2, 3, 4}, {}}}, {}};

}  // namespace

TEST_CASE("CSS has a property for each colour") {
  CHECK(write_css_palette(two) == ":root {\n  --colour-0: #ff8000;\n  --colour-1: #01020304;\n}\n");
}

TEST_CASE("a C array has as many numbers as its form") {
  CHECK(write_c_palette(two, PixelForm::rgb888) ==
        "#include <stdint.h>\n\nenum { palette_size = 2 };\n\n/* red, green, blue */\n"
        "static const uint8_t palette[2][3] = {\n    {0xff, 0x80, 0x00},\n    {0x01, 0x02, 0x03},\n};\n");
  CHECK(write_c_palette(two, PixelForm::rgba8888).find("{0x01, 0x02, 0x03, 0x04}") != std::string::npos);
  CHECK(write_c_palette(two, PixelForm::rgb565).find("palette[2] = {\n    0xfc00,\n    0x0000,\n") !=
        std::string::npos);
}

TEST_CASE("raw bytes are in the order of the form") {
  const auto bytes = [](std::initializer_list<int> values) {
    std::vector<std::byte> all;
    for (const int value : values) all.push_back(static_cast<std::byte>(value));
    return all;
  };
  CHECK(write_raw_palette(two, PixelForm::rgb888) == bytes({255, 128, 0, 1, 2, 3}));
  CHECK(write_raw_palette(two, PixelForm::rgba8888) == bytes({255, 128, 0, 255, 1, 2, 3, 4}));
  CHECK(write_raw_palette(two, PixelForm::rgb565) == bytes({0x00, 0xFC, 0, 0}));
}
