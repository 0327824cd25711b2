// Names, extensions and losses of the forms of palettes.
#include "palette_forms.hpp"

#include <catch2/catch.hpp>

#include "palette_input.hpp"
#include "thrown_error.hpp"

using namespace vqi::tool;

namespace {

Palette made(std::size_t count, std::uint16_t alpha = 255, std::uint32_t depth = 8) {
  Palette palette;
  palette.bit_depth = depth;
  for (std::size_t k = 0; k < count; ++k)
    palette.colours.push_back(
        {{static_cast<std::uint16_t>(k % 256), static_cast<std::uint16_t>(k / 256), 7, alpha}, {}});
  return palette;
}

constexpr const char* names[] = {"hex",  "gpl",    "pal",      "act",    "json", "css",    "c",  "raw",
                                 "c565", "rgb888", "rgba8888", "rgb565", "png",  "pixels", "vqb"};

}  // namespace

TEST_CASE("each name is of a form, and extensions name forms in any case") {
  for (const char* name : names) {
    CHECK(form_from_name(name));
    CHECK(form_names().find(name) != std::string::npos);
  }
  CHECK_FALSE(form_from_name("gif"));
  CHECK(form_of_file("a.b/c.GPL") == PaletteForm::gpl);
  CHECK(form_of_file("x.h") == PaletteForm::c);
  CHECK_FALSE(form_of_file("x.gif"));
  CHECK_FALSE(form_of_file("gpl"));
}

TEST_CASE("forms that can be read give the same colours back") {
  for (const char* name : {"hex", "gpl", "pal", "act", "json", "png", "pixels", "vqb"}) {
    INFO(name);
    const WrittenPalette written = write_palette(made(200), *form_from_name(name));
    CHECK(written.losses.empty());
    CHECK(read_palette(written.bytes, {}, {}).colours.size() == 200);
    std::vector<Rgba> colours;
    for (const PaletteColour& colour : read_palette(written.bytes, {}, {}).colours) colours.push_back(colour.rgba);
    for (std::size_t k = 0; k < 200; ++k) CHECK(colours[k] == made(200).colours[k].rgba);
  }
}

TEST_CASE("what a form has no place for is told") {
  CHECK(write_palette(made(3, 100), {PaletteForm::gpl}).losses.size() == 1);
  CHECK(write_palette(made(3, 100), {PaletteForm::act}).losses.size() == 1);
  CHECK(write_palette(made(1, 0), {PaletteForm::act}).losses.empty());
  CHECK(write_palette(made(2, 0), {PaletteForm::act}).losses.size() == 1);
  CHECK(write_palette(made(3, 100), {PaletteForm::hex}).losses.empty());
  CHECK(write_palette(made(3, 65535, 16), {PaletteForm::css}).losses.size() == 1);
  CHECK(write_palette(made(3, 65535, 16), {PaletteForm::json}).losses.empty());
  CHECK(is_binary(PaletteForm::act));
  CHECK_FALSE(is_binary(PaletteForm::css));
}

TEST_CASE("C arrays and bytes have colours of any kind, with alpha if they are not told otherwise") {
  CHECK(form_from_name("rgb565")->pixels == PixelForm::rgb565);
  CHECK(form_from_name("c565")->form == PaletteForm::c);
  CHECK(form_of_file("a.bin") == PaletteForm::raw);
  CHECK(write_palette(made(3), {PaletteForm::raw}).bytes.size() == 9);
  CHECK(write_palette(made(3, 100), {PaletteForm::raw}).bytes.size() == 12);
  CHECK(write_palette(made(3), {PaletteForm::raw, PixelForm::rgb565be}).bytes[0] == std::byte{0});
  CHECK(write_palette(made(3), {PaletteForm::raw, PixelForm::rgb565be}).bytes[1] == std::byte{1});
  CHECK(write_palette(made(3, 100), {PaletteForm::raw, PixelForm::rgb565}).losses.size() == 1);
  CHECK(write_palette(made(3, 100), {PaletteForm::c, PixelForm::bgra8888}).losses.empty());
}

TEST_CASE("more colours than a form holds are refused, others are written") {
  for (const PaletteForm form : {PaletteForm::act, PaletteForm::pixels})
    CHECK(vqi::test::thrown_by([&] { static_cast<void>(write_palette(made(257), {form})); }).code ==
          vqi::ErrorCode::invalid_option);
  CHECK(read_palette(write_palette(made(300), {PaletteForm::png}).bytes, {}, {}).colours.size() == 300);
}
