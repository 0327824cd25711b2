// Forms of index maps: names, extensions, and what is refused.
#include "index_forms.hpp"

#include <catch2/catch.hpp>

#include "thrown_error.hpp"

using namespace vqi::tool;
using vqi::ErrorCode;
using vqi::test::holds;
using vqi::test::thrown_by;

namespace {

std::string refusal(const IndexChoice& choice, const std::optional<std::string>& output) {
  return thrown_by([&] { check_index_choice(choice, output); }).message;
}

std::string refusal(const IndexChoice& choice, std::uint32_t k, std::uint32_t bit_depth = 8) {
  vqi::StreamInfo info;
  info.k = k;
  info.bit_depth = bit_depth;
  return thrown_by([&] { check_form_holds(choice, info); }).message;
}

}  // namespace

TEST_CASE("forms have names, and extensions that are not those of images name them") {
  for (const char* name : {"c", "raw", "npy", "pgm", "csv", "sheet", "tmx"})
    CHECK(index_form_name(parse_index_form(name)) == name);
  CHECK(holds(thrown_by([] { static_cast<void>(parse_index_form("gif")); }).message, "npy"));
  CHECK(index_form_of_file("a/b.H") == IndexForm::c);
  CHECK(index_form_of_file("b.c") == IndexForm::c);
  CHECK(index_form_of_file("b.bin") == IndexForm::raw);
  CHECK(index_form_of_file("b.tmx") == IndexForm::tmx);
  for (const char* name : {"b.pgm", "b.png", "b", "b.", "h", ".h", "b.np"}) CHECK_FALSE(index_form_of_file(name));
}

TEST_CASE("default names do not meet the picture that was compressed") {
  CHECK(index_file_name("a.b.vqi", IndexForm::c) == "a.b.h");
  CHECK(index_file_name("a.vqi", IndexForm::pgm) == "a.indices.pgm");
  CHECK(index_file_name("a.VQI", IndexForm::sheet) == "a.tiles.png");
  CHECK(index_file_name("a", IndexForm::raw) == "a.bin");
  CHECK(tile_sheet_name("d.x/a.tmx") == "d.x/a.tiles.png");
  CHECK(tile_sheet_name("d.x/a") == "d.x/a.tiles.png");
  CHECK(tile_sheet_name("a.map") == "a.map.tiles.png");
}

TEST_CASE("bits and their order are read strictly") {
  CHECK(parse_bit_order("msb") == BitOrder::msb_first);
  CHECK(parse_bit_order("lsb") == BitOrder::lsb_first);
  CHECK(thrown_by([] { static_cast<void>(parse_bit_order("MSB")); }).code == ErrorCode::invalid_option);
  for (const std::uint32_t bits : {1U, 2U, 4U, 8U}) CHECK(parse_index_bits(std::to_string(bits)) == bits);
  for (const char* text : {"0", "3", "16", "08", ""})
    CHECK(thrown_by([&] { static_cast<void>(parse_index_bits(text)); }).code == ErrorCode::invalid_option);
}

TEST_CASE("options of packed indices need a form that has them") {
  CHECK(refusal({}, std::nullopt).empty());
  CHECK(refusal({IndexForm::c, PixelForm::rgb565, BitOrder::lsb_first, 4}, std::nullopt).empty());
  CHECK(holds(refusal({IndexForm::npy, PixelForm::rgb565, {}, {}}, std::nullopt), "--palette-format"));
  CHECK(holds(refusal({{}, {}, BitOrder::lsb_first, {}}, std::nullopt), "--bit-order"));
  CHECK(holds(refusal({IndexForm::tmx, {}, {}, 8}, std::nullopt), "--index-bits"));
}

TEST_CASE("an output is not named as another format") {
  CHECK(refusal({IndexForm::c, {}, {}, {}}, "a.inc").empty());
  CHECK(refusal({IndexForm::sheet, {}, {}, {}}, "a.PNG").empty());
  CHECK(refusal({IndexForm::pgm, {}, {}, {}}, "a.pgm").empty());
  for (const char* name : {"a.png", "a.npy", "a.jpg", "a.vqi"})
    CHECK(holds(refusal({IndexForm::c, {}, {}, {}}, name), "name it .h"));
}

TEST_CASE("what a form does not hold is refused by the header of the stream") {
  CHECK(refusal({IndexForm::c, {}, {}, {}}, 65536).empty());
  CHECK(refusal({IndexForm::raw, {}, {}, {}}, 256).empty());
  CHECK(holds(refusal({IndexForm::raw, {}, {}, {}}, 257), "257"));
  CHECK(holds(refusal({IndexForm::c, {}, {}, 2}, 5), "--index-bits 2"));
  CHECK(refusal({IndexForm::c, {}, {}, 2}, 4).empty());
  CHECK(holds(refusal({IndexForm::raw, {}, {}, {}}, 4, 16), "16"));
  CHECK(refusal({IndexForm::npy, {}, {}, {}}, 65536, 16).empty());
}
