// Palettes as JSON: our own form and those of others, and what is refused.
#include "json_palette.hpp"

#include <catch2/catch.hpp>

#include "thrown_error.hpp"

using namespace vqi::tool;
using vqi::ErrorCode;
using vqi::test::holds;
using vqi::test::thrown_by;

TEST_CASE("JSON is read as it was written") {
  const Palette palette{"a \"b\"", 8, {{{1, 2, 3, 255}, {}}, {{4, 5, 6, 7}, {}}}, {}};
  const Palette back = read_json_palette(write_json_palette(palette));
  CHECK(back.colours == palette.colours);
  CHECK(back.name == palette.name);
  const Palette deep{"", 16, {{{1, 2, 3, 65535}, {}}}, {}};
  CHECK(read_json_palette(write_json_palette(deep)).colours == deep.colours);
  CHECK(read_json_palette(write_json_palette(deep)).bit_depth == 16);
}

TEST_CASE("arrays, other names and objects for colours are read as well") {
  const std::vector<PaletteColour> red{{{255, 0, 0, 255}, {}}};
  CHECK(read_json_palette(R"(["#f00"])").colours == red);
  CHECK(read_json_palette(R"([[255,0,0]])").colours == red);
  CHECK(read_json_palette(R"({"colors":["red"]})").colours == red);
  CHECK(read_json_palette(R"({"palette":[{"rgb":[255,0,0],"name":"x"}]})").colours[0].name == "x");
  CHECK(read_json_palette(R"([{"hex":"#ff000080"}])").colours[0].rgba[3] == 128);
  CHECK(read_json_palette(R"({"schema":1,"command":"palette","colours":["#ff0000"],"counts":null})").colours == red);
}

TEST_CASE("the place at which JSON is wrong lies in the text or at its end") {
  const auto offset_in = [](const char* text) {
    return thrown_by([&] { static_cast<void>(read_json_palette(text)); }).offset;
  };
  CHECK(offset_in("[") == 1);
  CHECK(offset_in("[1, x]") == 4);
  CHECK(offset_in("[\"#fff\"") == 7);
}

TEST_CASE("JSON that is no palette is refused in one line") {
  for (const char* text : {"[", "{}", "[]", "7", R"({"colours":{}})", R"(["pink!"])", "[[1,2]]", "[[1,2,256]]",
                           "[[1,2,-3]]", "[[1,2,3,4,5]]", "[[1.5,2,3]]", "[null]", R"(["#fff","#ffff00001111"])"}) {
    const auto thrown = thrown_by([&] { static_cast<void>(read_json_palette(text)); });
    INFO(text);
    CHECK(thrown.code == ErrorCode::corrupt_palette);
    CHECK_FALSE(holds(thrown.message, "\n"));
  }
  CHECK(thrown_by([] { static_cast<void>(read_json_palette("[1,")); }).offset);
  const std::string deep(100000, '[');
  CHECK(thrown_by([&] { static_cast<void>(read_json_palette(deep)); }).code == ErrorCode::corrupt_palette);
}
