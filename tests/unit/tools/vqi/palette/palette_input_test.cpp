// Palette files of every form are told by their bytes; anything else is refused in one line.
#include "palette_input.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "byte_tools.hpp"
#include "palette_forms.hpp"
#include "test_images.hpp"
#include "thrown_error.hpp"

using namespace vqi::tool;
using vqi::ErrorCode;
using vqi::test::thrown_by;
using vqi::testing::Bytes;
using vqi::testing::bytes_of;

namespace {

Palette read(const Bytes& file) { return read_palette(file, {}, {}); }

}  // namespace

TEST_CASE("text is read as digits, JSON, .gpl or .pal by how it begins") {
  CHECK(read(bytes_of("#123456\n")).colours[0].rgba == Rgba{0x12, 0x34, 0x56, 255});
  CHECK(read(bytes_of("  [\"#123456\"]")).colours[0].rgba == Rgba{0x12, 0x34, 0x56, 255});
  CHECK(read(bytes_of("GIMP Palette\n#\n1 2 3\n")).colours[0].rgba == Rgba{1, 2, 3, 255});
  CHECK(read(bytes_of("JASC-PAL\r\n0100\r\n1\r\n1 2 3\r\n")).colours[0].rgba == Rgba{1, 2, 3, 255});
}

TEST_CASE("a .vqi file gives its codewords in their order, and how often each is used") {
  const vqi::Image image = vqi::test::make_image(30, 20, 4, 8, vqi::test::Content::smooth);
  vqi::EncodeOptions options;
  options.k = 7;
  const vqi::Encoded encoded = vqi::encode(image, options);
  const Palette palette = read(encoded.bytes);
  const vqi::IndexedImage indexed = vqi::decode_indexed(encoded.bytes);
  REQUIRE(palette.colours.size() == 7);
  for (std::uint32_t k = 0; k < 7; ++k)
    for (std::uint32_t c = 0; c < 4; ++c)
      CHECK(palette.colours[k].rgba[c] == std::to_integer<std::uint16_t>(indexed.codebook.row(0)[4 * k + c]));
  std::uint64_t total = 0;
  for (const std::uint64_t count : palette.counts) total += count;
  CHECK(total == 600);
  options.block_width_px = 2;
  const vqi::Encoded blocks = vqi::encode(image, options);
  CHECK(thrown_by([&] { static_cast<void>(read(blocks.bytes)); }).code == ErrorCode::invalid_option);
}

TEST_CASE("grey and 16 bits become colours of the same depth") {
  const vqi::Image image = vqi::test::make_image(9, 9, 1, 16, vqi::test::Content::few_colours);
  const Palette palette = read(vqi::encode(image).bytes);
  CHECK(palette.bit_depth == 16);
  for (const PaletteColour& colour : palette.colours) {
    CHECK(colour.rgba[0] == colour.rgba[2]);
    CHECK(colour.rgba[3] == 65535);
  }
}

TEST_CASE("a picture without a palette gives its colours in the order in which they are met") {
  vqi::Image image(3, 1, 3, 8);
  const int samples[] = {9, 9, 9, 1, 2, 3, 9, 9, 9};
  for (std::size_t i = 0; i < 9; ++i) image.row(0)[i] = static_cast<std::byte>(samples[i]);
  const Palette palette = read(vqi::write_image_bytes(image, ".bmp"));
  REQUIRE(palette.colours.size() == 2);
  CHECK(palette.colours[1].rgba == Rgba{1, 2, 3, 255});
  CHECK(palette.counts == std::vector<std::uint64_t>{2, 1});
  const vqi::Image noise = vqi::test::make_image(30, 30, 3, 8, vqi::test::Content::noise);
  CHECK(thrown_by([&] { static_cast<void>(read(vqi::write_image_bytes(noise, ".png"))); }).code ==
        ErrorCode::invalid_option);
}

TEST_CASE("no bytes bring the reader down") {
  std::mt19937 random(7);
  std::vector<Bytes> seeds{bytes_of("GIMP Palette\nName: x\n#\n1 2 3\n"), bytes_of("JASC-PAL\n0100\n1\n1 2 3\n"),
                           bytes_of("[\"#fff\",[1,2,3]]"), bytes_of("#fff 000000 tomato\n"), Bytes(772)};
  Palette palette;
  palette.colours = {{{1, 2, 3, 4}, {}}, {{5, 6, 7, 255}, {}}};
  for (const PaletteForm form : {PaletteForm::png, PaletteForm::pixels, PaletteForm::act})
    seeds.push_back(write_palette(palette, {form}).bytes);
  const auto survives = [](const Bytes& file) {
    try {
      const bool has_colours = !read_palette(file, {}, {}).colours.empty();
      CHECK(has_colours);
    } catch (const vqi::Error& error) {
      CHECK(std::string(error.what()).find('\n') == std::string::npos);
    }
  };
  for (const Bytes& seed : seeds) {
    for (std::size_t size = 0; size < std::min<std::size_t>(seed.size(), 200); ++size)
      survives(Bytes(seed.begin(), seed.begin() + static_cast<std::ptrdiff_t>(size)));
    for (int round = 0; round < 300; ++round) {
      Bytes changed = seed;
      for (int change = 0; change < 3; ++change)
        changed[random() % changed.size()] = static_cast<std::byte>(random() % 256);
      survives(changed);
    }
  }
  CHECK(thrown_by([] { static_cast<void>(read({})); }).code == ErrorCode::corrupt_palette);
  CHECK(thrown_by([] { static_cast<void>(read(Bytes(5))); }).code == ErrorCode::corrupt_palette);
}
