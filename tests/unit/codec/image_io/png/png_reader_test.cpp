// read_png: every kind of PNG, damage of every byte, limits.
#include "png_reader.hpp"

#include <catch2/catch.hpp>

#include "png_fixture.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::ErrorCode;
using vqi::testing::Bytes;
using vqi::testing::PngFixture;

std::uint32_t sample_of(const vqi::Image& image, std::uint32_t x, std::uint32_t y, std::uint32_t channel) {
  const std::size_t index = std::size_t{x} * image.channels() + channel;
  if (image.bit_depth() == 8) return std::to_integer<std::uint32_t>(image.row(y)[index]);
  std::uint16_t value = 0;
  std::memcpy(&value, image.row(y) + 2 * index, sizeof value);
  return value;
}

/// Counts samples that differ from what PNG defines.
std::size_t count_wrong_samples(const PngFixture& fixture, const vqi::Image& image) {
  std::size_t wrong = 0;
  for (std::uint32_t y = 0; y < fixture.height_px; ++y)
    for (std::uint32_t x = 0; x < fixture.width_px; ++x) {
      const std::vector<std::uint32_t> expected = vqi::testing::expected_pixel(fixture, x, y);
      if (expected.size() != image.channels()) return 1 + std::size_t{image.width_px()} * image.height_px() * 4;
      for (std::uint32_t channel = 0; channel < image.channels(); ++channel)
        wrong += sample_of(image, x, y, channel) != expected[channel] ? 1U : 0U;
    }
  return wrong;
}

struct ColourKind {
  int colour_type;
  std::vector<int> depths;
  bool may_have_transparency;
};

const std::vector<ColourKind> all_kinds{
    {PNG_COLOR_TYPE_GRAY, {1, 2, 4, 8, 16}, true}, {PNG_COLOR_TYPE_RGB, {8, 16}, true},
    {PNG_COLOR_TYPE_PALETTE, {1, 2, 4, 8}, true},  {PNG_COLOR_TYPE_GRAY_ALPHA, {8, 16}, false},
    {PNG_COLOR_TYPE_RGB_ALPHA, {8, 16}, false},
};

Bytes small_png() {
  PngFixture fixture = vqi::testing::make_png_fixture(PNG_COLOR_TYPE_PALETTE, 2, false, true, 5, 3);
  return vqi::testing::write_fixture(fixture);
}

}  // namespace

TEST_CASE("all 15 kinds of PNG come out sample by sample, interlaced and transparent ones too") {
  std::size_t kinds = 0;
  for (const ColourKind& kind : all_kinds)
    for (const int depth : kind.depths) {
      ++kinds;
      for (const bool is_interlaced : {false, true})
        for (const bool has_transparency : {false, true})
          for (const std::uint32_t width_px : {1U, 13U, 64U}) {
            if (has_transparency && !kind.may_have_transparency) continue;
            const PngFixture fixture =
                vqi::testing::make_png_fixture(kind.colour_type, depth, is_interlaced, has_transparency, width_px, 9);
            const vqi::ReadImage read = vqi::detail::read_png(vqi::testing::write_fixture(fixture), {});
            INFO("colour type " << kind.colour_type << " depth " << depth << " interlaced " << is_interlaced << " tRNS "
                                << has_transparency << " width " << width_px);
            CHECK(read.image.bit_depth() == (depth == 16 ? 16U : 8U));
            CHECK(count_wrong_samples(fixture, read.image) == 0);
            CHECK(read.format == "PNG");
            CHECK(read.warnings.empty());
            CHECK(read.image.metadata().empty());
          }
    }
  CHECK(kinds == 15);
}

TEST_CASE("a PNG cut off at any byte is an error and never a part of the image") {
  for (const bool is_interlaced : {false, true}) {
    const Bytes png =
        vqi::testing::write_fixture(vqi::testing::make_png_fixture(PNG_COLOR_TYPE_RGB, 8, is_interlaced, true, 5, 7));
    CHECK_FALSE(vqi::testing::error_of([&] { return vqi::detail::read_png(png, {}); }));
    for (std::size_t length = 8; length < png.size(); ++length) {
      INFO("cut to " << length << " of " << png.size());
      CHECK(vqi::testing::error_of([&] { return vqi::detail::read_png(std::span(png).first(length), {}); }) ==
            ErrorCode::corrupt_image);
    }
  }
}

TEST_CASE("a PNG with any byte changed is an error") {
  Bytes png = small_png();
  Bytes density;
  vqi::testing::append_be(density, 2835, 4);
  vqi::testing::append_be(density, 2835, 4);
  vqi::testing::append_be(density, 1, 1);
  png = vqi::testing::with_png_chunk(png, vqi::testing::png_chunk("pHYs", density));
  png = vqi::testing::with_png_chunk(png, vqi::testing::png_chunk("tEXt", vqi::testing::bytes_of("Author\0me")));
  CHECK_FALSE(vqi::testing::error_of([&] { return vqi::read_image(png); }));
  for (std::size_t i = 0; i < png.size(); ++i)
    for (const unsigned flip : {0x01U, 0x20U, 0x80U, 0xFFU}) {
      Bytes damaged = png;
      damaged[i] ^= static_cast<std::byte>(flip);
      INFO("byte " << i << " of " << png.size() << " changed by " << flip);
      const auto error = vqi::testing::error_of([&] { return vqi::read_image(damaged); });
      // A width or height may have become one that the limits forbid.
      CHECK((error == ErrorCode::corrupt_image || error == ErrorCode::limit_exceeded ||
             (error == ErrorCode::not_an_image && i < 8)));
    }
}

TEST_CASE("a wrong Adler-32 or pixels that end early are errors although all checksums of chunks are right") {
  const PngFixture fixture = vqi::testing::make_png_fixture(PNG_COLOR_TYPE_GRAY, 8, false, false, 4, 4);
  const Bytes png = vqi::testing::write_fixture(fixture);
  const std::size_t idat = 8 + 25;  // the only chunk between IHDR and IEND
  const std::size_t idat_length = png.size() - idat - 12 - 12;
  const auto with_idat = [&](const Bytes& data) {
    Bytes file(png.begin(), png.begin() + static_cast<std::ptrdiff_t>(idat));
    vqi::testing::append(file, vqi::testing::png_chunk("IDAT", data));
    vqi::testing::append(file, vqi::testing::png_chunk("IEND", {}));
    return file;
  };
  const auto begin = png.begin() + static_cast<std::ptrdiff_t>(idat) + 8;
  const Bytes data(begin, begin + static_cast<std::ptrdiff_t>(idat_length));
  CHECK(with_idat(data) == png);
  Bytes wrong_adler = data;
  wrong_adler.back() ^= std::byte{1};
  CHECK(vqi::testing::error_of([&] { return vqi::detail::read_png(with_idat(wrong_adler), {}); }) ==
        ErrorCode::corrupt_image);
  for (std::size_t length = 0; length < data.size(); ++length) {
    const Bytes shorter(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(length));
    INFO(length << " bytes of IDAT");
    CHECK(vqi::testing::error_of([&] { return vqi::detail::read_png(with_idat(shorter), {}); }) ==
          ErrorCode::corrupt_image);
  }
}

TEST_CASE("an index outside the palette is an error") {
  PngFixture fixture = vqi::testing::make_png_fixture(PNG_COLOR_TYPE_PALETTE, 4, false, false, 6, 4);
  fixture.palette.resize(9);
  for (std::uint32_t& sample : fixture.samples) sample %= 9;
  CHECK_FALSE(vqi::testing::error_of([&] { return vqi::detail::read_png(vqi::testing::write_fixture(fixture), {}); }));
  // libpng refuses to write such a file; so the palette is cut afterwards.
  Bytes png = vqi::testing::write_fixture(fixture);
  const std::size_t plte = 8 + 25;
  const Bytes shorter = vqi::testing::png_chunk("PLTE", std::span(png).subspan(plte + 8, 3 * 4));
  png.erase(png.begin() + static_cast<std::ptrdiff_t>(plte), png.begin() + static_cast<std::ptrdiff_t>(plte + 12 + 27));
  png = vqi::testing::with_png_chunk(png, shorter);
  CHECK(vqi::testing::message_of([&] { return vqi::detail::read_png(png, {}); }) ==
        "PNG is damaged: a pixel's index lies outside the palette");
}

TEST_CASE("a PNG over a limit is refused by its header, and the message names the limit") {
  Bytes png = small_png();
  // Sizes that no memory could hold: only the header is read before the refusal.
  Bytes header;
  vqi::testing::append_be(header, 1U << 20, 4);
  vqi::testing::append_be(header, 1U << 20, 4);
  vqi::testing::append_be(header, 0x0806000000, 5);
  Bytes huge(png.begin(), png.begin() + 8);
  vqi::testing::append(huge, vqi::testing::png_chunk("IHDR", header));
  const std::string message = vqi::testing::message_of([&] { return vqi::detail::read_png(huge, {}); });
  CHECK_THAT(message, Catch::Contains("1048576x1048576") && Catch::Contains("limit of 268435456 pixels"));

  vqi::DecodeLimits limits;
  limits.max_pixels = 14;  // the image has 15
  CHECK(vqi::testing::error_of([&] { return vqi::detail::read_png(png, {limits}); }) == ErrorCode::limit_exceeded);
  limits.max_pixels = 15;
  CHECK_FALSE(vqi::testing::error_of([&] { return vqi::detail::read_png(png, {limits}); }));
  limits.max_side_px = 4;
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::detail::read_png(png, {limits}); }),
             Catch::Contains("side over the limit of 4"));
  limits.max_side_px = 5;
  vqi::RunOptions run;
  run.max_memory_bytes = 59;  // 15 pixels of 4 bytes
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::detail::read_png(png, {limits}, run); }),
             Catch::Contains("bytes of memory"));
  run.max_memory_bytes = 60;
  CHECK_FALSE(vqi::testing::error_of([&] { return vqi::detail::read_png(png, {limits}, run); }));
}

TEST_CASE("the memory limit counts what a PNG of any kind is widened to, interlaced or not") {
  struct Kind {
    int colour_type;
    int bit_depth;
    bool has_transparency;
    std::uint64_t pixel_bytes;
  };
  for (const Kind& kind : {Kind{PNG_COLOR_TYPE_GRAY, 1, false, 1},
                           {PNG_COLOR_TYPE_GRAY, 4, true, 2},
                           {PNG_COLOR_TYPE_GRAY, 16, false, 2},
                           {PNG_COLOR_TYPE_PALETTE, 2, false, 3},
                           {PNG_COLOR_TYPE_PALETTE, 8, true, 4},
                           {PNG_COLOR_TYPE_RGB, 8, false, 3},
                           {PNG_COLOR_TYPE_RGB, 16, true, 8},
                           {PNG_COLOR_TYPE_RGB_ALPHA, 16, false, 8}})
    for (const bool is_interlaced : {false, true}) {
      const Bytes png = vqi::testing::write_fixture(vqi::testing::make_png_fixture(
          kind.colour_type, kind.bit_depth, is_interlaced, kind.has_transparency, 13, 9));
      INFO("colour type " << kind.colour_type << ", " << kind.bit_depth << " bits, interlaced " << is_interlaced);
      vqi::RunOptions run;
      run.max_memory_bytes = 13 * 9 * kind.pixel_bytes;
      CHECK_FALSE(vqi::testing::error_of([&] { return vqi::detail::read_png(png, {}, run); }));
      --run.max_memory_bytes;
      CHECK_THAT(vqi::testing::message_of([&] { return vqi::detail::read_png(png, {}, run); }),
                 Catch::Contains("bytes of memory"));
    }
}
