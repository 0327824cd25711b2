// Adobe's colour tables, in both lengths.
#include "act_palette.hpp"

#include <catch2/catch.hpp>

#include "thrown_error.hpp"

using namespace vqi::tool;
using vqi::ErrorCode;
using vqi::test::thrown_by;

namespace {

Palette three() { return {"", 8, {{{1, 2, 3, 255}, {}}, {{9, 8, 7, 0}, {}}, {{0, 0, 255, 255}, {}}}, {}}; }

}  // namespace

TEST_CASE("an .act file is read as it was written, with its transparent colour") {
  const std::vector<std::byte> file = write_act_palette(three());
  REQUIRE(file.size() == act_bytes_long);
  CHECK(file[769] == std::byte{3});
  CHECK(file[771] == std::byte{1});
  CHECK(read_act_palette(file).colours == three().colours);

  Palette opaque = three();
  opaque.colours[1].rgba[3] = 255;
  CHECK(read_act_palette(write_act_palette(opaque)).colours == opaque.colours);
}

TEST_CASE("a short .act file has 256 opaque colours, and so has a long one with a count of 0") {
  std::vector<std::byte> file(act_bytes_short, std::byte{7});
  CHECK(read_act_palette(file).colours.size() == 256);
  CHECK(read_act_palette(file).colours[255] == PaletteColour{{7, 7, 7, 255}, {}});
  file.insert(file.end(), {std::byte{0}, std::byte{0}, std::byte{0xFF}, std::byte{0xFF}});
  CHECK(read_act_palette(file).colours.size() == 256);
}

TEST_CASE("256 colours are written in the short form unless one is transparent") {
  Palette full{"", 8, std::vector<PaletteColour>(256, {{5, 6, 7, 255}, {}}), {}};
  CHECK(write_act_palette(full).size() == act_bytes_short);
  CHECK(read_act_palette(write_act_palette(full)).colours == full.colours);
  full.colours[255].rgba[3] = 0;
  CHECK(write_act_palette(full).size() == act_bytes_long);
  CHECK(read_act_palette(write_act_palette(full)).colours == full.colours);
}

TEST_CASE("wrong sizes, counts and transparent colours are refused") {
  const auto code_of = [](const std::vector<std::byte>& file) {
    return thrown_by([&] { static_cast<void>(read_act_palette(file)); }).code;
  };
  for (const std::size_t size : {0U, 767U, 769U, 771U, 773U})
    CHECK(code_of(std::vector<std::byte>(size)) == ErrorCode::corrupt_palette);
  std::vector<std::byte> file = write_act_palette(three());
  file[771] = std::byte{3};
  CHECK(code_of(file) == ErrorCode::corrupt_palette);
  file[768] = std::byte{2};
  CHECK(code_of(file) == ErrorCode::corrupt_palette);
}
