// read_png: every kind of PNG, damage of every byte, limits.
#include "png_reader.hpp"

#include <catch2/catch.hpp>

#include "image_tools.hpp"
#include "png_fixture.hpp"
#include "streams/read_rows.hpp"
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
            const Bytes file = vqi::testing::write_fixture(fixture);
            const vqi::ReadImage read = vqi::detail::read_png(file, {});
            INFO("colour type " << kind.colour_type << " depth " << depth << " interlaced " << is_interlaced << " tRNS "
                                << has_transparency << " width " << width_px);
            CHECK(read.image.bit_depth() == (depth == 16 ? 16U : 8U));
            CHECK(count_wrong_samples(fixture, read.image) == 0);
            CHECK(read.format == "PNG");
            CHECK(read.warnings.empty());
            CHECK(read.image.metadata().empty());
            CHECK(vqi::test::check_rows_are_those_of_the_whole(file) != is_interlaced);
          }
    }
  CHECK(kinds == 15);
}

TEST_CASE("a PNG cut off at any byte is an error unless all of its pixels are there, which is a warning") {
  for (const bool is_interlaced : {false, true}) {
    const Bytes png =
        vqi::testing::write_fixture(vqi::testing::make_png_fixture(PNG_COLOR_TYPE_RGB, 8, is_interlaced, true, 5, 7));
    CHECK_FALSE(vqi::testing::error_of([&] { return vqi::detail::read_png(png, {}); }));
    for (std::size_t length = 8; length < png.size(); ++length) {
      INFO("cut to " << length << " of " << png.size());
      const auto read = [&](vqi::Damage rule) {
        vqi::ReadImage kept;
        const auto code = vqi::testing::error_of(
            [&] { kept = vqi::detail::read_png(std::span(png).first(length), {.damage = rule}); });
        if (!code) {
          CHECK((vqi::testing::samples_of(kept.image) == vqi::testing::samples_of(vqi::read_image(png).image)));
          CHECK(kept.warnings.size() == 1);
        }
        return code;
      };
      constexpr std::size_t end_bytes = 12;
      CHECK(read(vqi::Damage::refuse_any) == ErrorCode::corrupt_image);
      vqi::test::check_rows_are_those_of_the_whole(std::span(png).first(length), {.damage = vqi::Damage::refuse_any});
      vqi::test::check_rows_are_those_of_the_whole(std::span(png).first(length));
      if (length < png.size() - end_bytes)
        CHECK(read(vqi::Damage::refuse_lost_pixels) == ErrorCode::corrupt_image);
      else
        CHECK_FALSE(read(vqi::Damage::refuse_lost_pixels));
    }
  }
}

TEST_CASE("a PNG with any byte changed is an error, or the same pixels with a warning") {
  Bytes png = small_png();
  Bytes density;
  vqi::testing::append_be(density, 2835, 4);
  vqi::testing::append_be(density, 2835, 4);
  vqi::testing::append_be(density, 1, 1);
  png = vqi::testing::with_png_chunk(png, vqi::testing::png_chunk("pHYs", density));
  png = vqi::testing::with_png_chunk(png, vqi::testing::png_chunk("tEXt", vqi::testing::bytes_of("Author\0me")));
  const std::vector<std::uint32_t> samples = vqi::testing::samples_of(vqi::read_image(png).image);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < png.size(); ++i)
    for (const unsigned flip : {0x01U, 0x20U, 0x80U, 0xFFU}) {
      Bytes damaged = png;
      damaged[i] ^= static_cast<std::byte>(flip);
      INFO("byte " << i << " of " << png.size() << " changed by " << flip);
      CHECK(vqi::testing::error_of([&] { return vqi::read_image(damaged, {.damage = vqi::Damage::refuse_any}); }));
      vqi::ReadImage read;
      const auto error = vqi::testing::error_of([&] { read = vqi::read_image(damaged); });
      vqi::test::check_rows_are_those_of_the_whole(damaged);
      if (!error) {
        CHECK((vqi::testing::samples_of(read.image) == samples));
        CHECK_FALSE(read.warnings.empty());
        ++kept;
        continue;
      }
      // A width or height may have become one that the limits forbid.
      CHECK((error == ErrorCode::corrupt_image || error == ErrorCode::limit_exceeded ||
             (error == ErrorCode::not_an_image && i < 8)));
    }
  CHECK(kept > 100);
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

TEST_CASE("an index outside the palette is an error, and opaque black where pixels are salvaged") {
  PngFixture fixture = vqi::testing::make_png_fixture(PNG_COLOR_TYPE_PALETTE, 4, false, false, 6, 4);
  fixture.palette.resize(9);
  for (std::uint32_t& sample : fixture.samples) sample %= 9;
  CHECK_FALSE(vqi::testing::error_of([&] { return vqi::detail::read_png(vqi::testing::write_fixture(fixture), {}); }));
  // libpng refuses to write such a file; so the palette is cut afterwards.
  Bytes png = vqi::testing::write_fixture(fixture);
  const std::size_t plte = 8 + 25;
  const Bytes shorter = vqi::testing::png_chunk("PLTE", std::span(png).subspan(plte + 8, 3 * 4));
  png.erase(png.begin() + static_cast<std::ptrdiff_t>(plte), png.begin() + static_cast<std::ptrdiff_t>(plte + 12 + 27));
  const Bytes with_alpha = vqi::testing::with_png_chunk(
      vqi::testing::with_png_chunk(png, vqi::testing::png_chunk("tRNS", Bytes(1))), shorter);
  png = vqi::testing::with_png_chunk(png, shorter);
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::detail::read_png(png, {}); }),
             Catch::Contains("near byte ") && Catch::Contains("a pixel's index lies outside of the palette"));
  for (const bool has_alpha : {false, true}) {
    const vqi::ReadImage read = vqi::detail::read_png(has_alpha ? with_alpha : png, {.damage = vqi::Damage::salvage});
    CHECK(read.lost_pixels);
    REQUIRE(read.warnings.size() == 1);
    CHECK_THAT(read.warnings[0], Catch::Contains("outside of the palette"));
    std::vector<std::uint32_t> expected;
    for (const std::uint32_t index : fixture.samples) {
      const png_color colour = index < 4 ? fixture.palette[index] : png_color{};
      expected.insert(expected.end(), {colour.red, colour.green, colour.blue});
      if (has_alpha) expected.push_back(index == 0 ? 0 : 255);
    }
    CHECK(vqi::testing::samples_of(read.image) == expected);
  }
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

  // Wide rows, which libpng would take memory for with the header.
  Bytes wide(png.begin(), png.begin() + 8);
  header.clear();
  vqi::testing::append_be(header, 1U << 30, 4);
  vqi::testing::append_be(header, 1U << 30, 4);
  vqi::testing::append_be(header, 0x1006000000, 5);
  vqi::testing::append(wide, vqi::testing::png_chunk("IHDR", header));
  const vqi::DecodeLimits no_limits{.max_pixels = std::uint64_t{1} << 62, .max_side_px = 0x7FFFFFFF};
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::detail::read_png(wide, {no_limits}); }),
             Catch::Contains("would take 9223372036854775808 bytes of memory"));

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

TEST_CASE("an eXIf chunk turns a PNG of every kind, before or behind its pixels, with or without JPEG's prefix") {
  for (const int depth : {1, 8, 16})
    for (const bool has_prefix : {false, true})
      for (const bool is_behind : {false, true}) {
        const Bytes plain =
            vqi::testing::write_fixture(vqi::testing::make_png_fixture(PNG_COLOR_TYPE_GRAY, depth, false, false, 5, 3));
        Bytes exif = has_prefix ? vqi::testing::bytes_of({"Exif\0\0", 6}) : Bytes{};
        vqi::testing::append(exif, vqi::testing::exif_block(6));
        const Bytes chunk = vqi::testing::png_chunk("eXIf", exif);
        Bytes file = vqi::testing::with_png_chunk(plain, chunk);
        if (is_behind) {
          file.assign(plain.begin(), plain.end() - 12);
          vqi::testing::append(file, chunk);
          vqi::testing::append(file, std::span(plain).last(12));
        }
        const vqi::Image stored = vqi::read_image(plain).image;
        const vqi::ReadImage read = vqi::read_image(file);
        REQUIRE(read.image.width_px() == 3);
        REQUIRE(read.image.height_px() == 5);
        for (std::uint32_t y = 0; y < 5; ++y)
          for (std::uint32_t x = 0; x < 3; ++x) CHECK(sample_of(read.image, x, y, 0) == sample_of(stored, y, 2 - x, 0));
        CHECK(read.dropped == std::vector<std::string>{"EXIF"});
      }
}

TEST_CASE("a PNG tells its depth, its palette and what is left out") {
  const PngFixture fixture = vqi::testing::make_png_fixture(PNG_COLOR_TYPE_PALETTE, 2, false, false, 5, 3);
  Bytes file = vqi::testing::write_fixture(fixture);
  for (const auto& [type, data] : std::vector<std::pair<std::string_view, Bytes>>{
           {"tEXt", vqi::testing::bytes_of({"a\0b", 3})}, {"tIME", Bytes(7)}, {"tEXt", Bytes(3)}})
    file = vqi::testing::with_png_chunk(file, vqi::testing::png_chunk(type, data));
  const vqi::ReadImage read = vqi::read_image(file);
  CHECK(read.is_palette);
  CHECK(read.sample_bits == 2);
  CHECK(read.dropped == std::vector<std::string>{"text", "time"});
  CHECK(vqi::test::check_rows_are_those_of_the_whole(file));
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(file, {.page = 2}); }) == ErrorCode::invalid_option);
}

TEST_CASE("a wrong checksum is harmless where the chunk says nothing of pixels") {
  const Bytes plain =
      vqi::testing::write_fixture(vqi::testing::make_png_fixture(PNG_COLOR_TYPE_RGB, 8, false, false, 5, 3));
  const auto with_wrong_checksum = [&](std::string_view type) {
    Bytes chunk = vqi::testing::png_chunk(type, Bytes(4));
    chunk.back() ^= std::byte{1};
    return vqi::testing::with_png_chunk(plain, chunk);
  };
  for (const std::string_view type : {"tEXt", "zTXt", "cLLI", "sPLT", "gAMA", "iCCP", "cICP", "eXIf"}) {
    const vqi::ReadImage read = vqi::read_image(with_wrong_checksum(type));
    CHECK(read.image.metadata().empty());
    REQUIRE(read.warnings.size() == 1);
    CHECK_THAT(read.warnings[0], Catch::Contains(std::string(type)));
  }
  for (const std::string_view type : {"tRNS", "tRNs", "abCd"})
    CHECK(vqi::testing::error_of([&] { return vqi::read_image(with_wrong_checksum(type)); }) ==
          ErrorCode::corrupt_image);
}

TEST_CASE("transparency that libpng leaves out is told of, and the pixels are those without it") {
  const auto plain = [](int colour_type) {
    return vqi::testing::write_fixture(vqi::testing::make_png_fixture(colour_type, 8, false, false, 5, 3));
  };
  const auto check_left_out = [](const Bytes& file, std::uint32_t channels) {
    const vqi::ReadImage read = vqi::read_image(file);
    CHECK(read.image.channels() == channels);
    REQUIRE(read.warnings.size() == 1);
    CHECK_THAT(read.warnings[0], Catch::Contains("transparency is left out"));
    CHECK(vqi::testing::error_of([&] { return vqi::read_image(file, {.damage = vqi::Damage::refuse_any}); }) ==
          ErrorCode::corrupt_image);
  };
  // Of a wrong size; before the palette; where there is alpha; behind the pixels, before the 12 bytes of IEND.
  check_left_out(vqi::testing::with_png_chunk(plain(PNG_COLOR_TYPE_RGB), vqi::testing::png_chunk("tRNS", Bytes(4))), 3);
  check_left_out(vqi::testing::with_png_chunk(plain(PNG_COLOR_TYPE_PALETTE), vqi::testing::png_chunk("tRNS", Bytes(1))),
                 3);
  check_left_out(
      vqi::testing::with_png_chunk(plain(PNG_COLOR_TYPE_RGB_ALPHA), vqi::testing::png_chunk("tRNS", Bytes(6))), 4);
  Bytes late = plain(PNG_COLOR_TYPE_GRAY);
  const Bytes chunk = vqi::testing::png_chunk("tRNS", Bytes(2));
  late.insert(late.end() - 12, chunk.begin(), chunk.end());
  check_left_out(late, 1);
}

TEST_CASE("the rows in front of damage are salvaged, and the rest is told of") {
  for (const bool has_palette : {false, true}) {
    const int colour_type = has_palette ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB;
    const Bytes whole =
        vqi::testing::write_fixture(vqi::testing::make_png_fixture(colour_type, 8, false, has_palette, 64, 64));
    const vqi::Image image = vqi::read_image(whole).image;
    const vqi::ReadImage cut =
        vqi::read_image(std::span(whole).first(whole.size() * 3 / 4), {.damage = vqi::Damage::salvage});
    CHECK(cut.lost_pixels);
    REQUIRE(cut.warnings.size() == 1);
    CHECK_THAT(cut.warnings[0], Catch::Contains("the pixels from stored row "));
    CHECK(std::equal(image.row(0), image.row(16), cut.image.row(0)));
    Bytes wrong = whole;
    wrong[wrong.size() - 13] ^= std::byte{1};  // of the checksum of IDAT
    CHECK(vqi::testing::error_of([&] { return vqi::read_image(wrong); }) == ErrorCode::corrupt_image);
    const vqi::ReadImage kept = vqi::read_image(wrong, {.damage = vqi::Damage::salvage});
    CHECK(kept.lost_pixels);
    CHECK((vqi::testing::samples_of(kept.image) == vqi::testing::samples_of(image)));
  }
}
