// BMP files of every header, depth and coding: pixels, alpha, limits, damage.
#include "bmp_reader.hpp"

#include <catch2/catch.hpp>

#include "bmp_builder.hpp"
#include "image_tools.hpp"

namespace {

using vqi::Damage;
using vqi::ErrorCode;
using vqi::testing::BmpBuilder;
using vqi::testing::Bytes;
using vqi::testing::bytes_from;
using vqi::testing::four_colours;
using vqi::testing::words_of;
using Samples = std::vector<std::uint32_t>;

const Samples red{255, 0, 0};
const Samples green{0, 255, 0};
const Samples blue{0, 0, 255};
const Samples white{255, 255, 255};

Samples joined(const std::vector<Samples>& parts) {
  Samples all;
  for (const Samples& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}
vqi::ReadImage read(const Bytes& file, Damage damage = Damage::refuse_lost_pixels) {
  return vqi::read_image(file, {{}, damage, 1});
}
Samples samples(const Bytes& file) { return vqi::testing::samples_of(read(file).image); }
auto error_of_reading(const Bytes& file) {
  return vqi::testing::error_of([&] { return read(file); });
}
std::string message_of_reading(const Bytes& file) {
  return vqi::testing::message_of([&] { return read(file); });
}

/// Two pixels of 32 bits.
Bytes bmp_32_bit(std::uint32_t info_bytes, std::uint32_t compression, std::uint32_t alpha_mask,
                 std::initializer_list<std::uint32_t> pixels) {
  BmpBuilder bmp{.info_bytes = info_bytes, .width_px = 2, .bits = 32, .compression = compression};
  if (info_bytes > 40) bmp.fields = {{40, 0xFF0000}, {44, 0xFF00}, {48, 0xFF}};
  if (info_bytes > 52) bmp.fields[52] = alpha_mask;
  bmp.pixels = words_of(pixels);
  return bmp.build();
}

}  // namespace

TEST_CASE("palettes of each depth and header come out in colour") {
  struct Kind {
    std::uint32_t bits;
    Bytes row;
  };
  for (const Kind& kind : {Kind{2, bytes_from({0x1B, 0, 0, 0})}, Kind{4, bytes_from({0x01, 0x23, 0, 0})},
                           Kind{8, bytes_from({0, 1, 2, 3})}})
    for (const std::uint32_t info_bytes : {12U, 16U, 40U, 52U, 56U, 64U, 108U, 124U}) {
      INFO(kind.bits << " bits, a header of " << info_bytes);
      const BmpBuilder bmp{.info_bytes = info_bytes,
                           .width_px = 4,
                           .bits = kind.bits,
                           .colours_used = 4,
                           .behind_header = four_colours(info_bytes == 12 ? 3 : 4),
                           .pixels = kind.row};
      const vqi::ReadImage image = read(bmp.build());
      CHECK(vqi::testing::samples_of(image.image) == joined({red, green, blue, white}));
      CHECK(image.is_palette);
      CHECK(image.sample_bits == kind.bits);
      CHECK(image.warnings.empty());
    }
  const BmpBuilder two{
      .width_px = 3, .bits = 1, .behind_header = words_of({0xFF, 0xFF0000}), .pixels = bytes_from({0x40, 0, 0, 0})};
  CHECK(samples(two.build()) == joined({blue, red, blue}));
}

TEST_CASE("a palette without colours gives a grey image") {
  const BmpBuilder bmp{.width_px = 2,
                       .bits = 8,
                       .colours_used = 2,
                       .behind_header = words_of({0x101010, 0xFFFFFF}),
                       .pixels = bytes_from({1, 0, 0, 0})};
  const vqi::Image image = read(bmp.build()).image;
  CHECK(image.channels() == 1);
  CHECK(vqi::testing::samples_of(image) == Samples{255, 16});
}

TEST_CASE("palettes of odd lengths and places are read as far as they go") {
  BmpBuilder bmp{.width_px = 2, .bits = 8, .behind_header = four_colours(4), .pixels = bytes_from({2, 3, 0, 0})};
  CHECK(samples(bmp.build()) == joined({blue, white}));  // 256 entries are said, 4 have room
  bmp.colours_used = 0xFFFFFFFF;
  CHECK(samples(bmp.build()) == joined({blue, white}));
  bmp.colours_used = 4;
  bmp.pixel_offset = 0;  // right behind the palette
  CHECK(samples(bmp.build()) == joined({blue, white}));
  bmp.pixel_offset.reset();
  bmp.behind_header.resize(116);  // a gap
  CHECK(samples(bmp.build()) == joined({blue, white}));
  bmp.behind_header.resize(1200);  // over 256 entries
  bmp.colours_used = 300;
  CHECK(samples(bmp.build()) == joined({blue, white}));
  const BmpBuilder short_os2{
      .info_bytes = 12, .width_px = 1, .bits = 8, .behind_header = four_colours(3), .pixels = bytes_from({1, 0, 0, 0})};
  CHECK(samples(short_os2.build()) == green);
  const BmpBuilder os2_with_triples{.info_bytes = 64,
                                    .width_px = 1,
                                    .bits = 2,
                                    .behind_header = four_colours(3),
                                    .pixels = bytes_from({0x80, 0, 0, 0})};
  CHECK(samples(os2_with_triples.build()) == blue);
}

TEST_CASE("an index outside of the palette is damage, and black where pixels are salvaged") {
  const BmpBuilder bmp{.width_px = 2,
                       .bits = 8,
                       .colours_used = 4,
                       .behind_header = four_colours(4),
                       .pixels = bytes_from({4, 0, 0, 0})};
  CHECK_THAT(message_of_reading(bmp.build()), Catch::Contains("outside of the palette"));
  const vqi::ReadImage salvaged = read(bmp.build(), Damage::salvage);
  CHECK(vqi::testing::samples_of(salvaged.image) == joined({{0, 0, 0}, red}));
  CHECK(salvaged.lost_pixels);
}

TEST_CASE("rows come from the bottom, or from the top if the height is negative, padded to four bytes") {
  BmpBuilder bmp{.width_px = 1, .height_px = 2, .pixels = bytes_from({1, 2, 3, 0, 4, 5, 6})};
  CHECK(samples(bmp.build()) == Samples{6, 5, 4, 3, 2, 1});  // the last padding may be missing
  bmp.height_px = -2;
  CHECK(samples(bmp.build()) == Samples{3, 2, 1, 6, 5, 4});
}

TEST_CASE("16 bits are 5 for each colour unless masks say otherwise, scaled to the whole range") {
  BmpBuilder bmp{.width_px = 2, .bits = 16, .pixels = bytes_from({0xFF, 0x7F, 0x03, 0x0C})};
  CHECK(samples(bmp.build()) == Samples{255, 255, 255, 25, 0, 25});  // 3 * 255 / 31 is 24.7
  bmp.compression = 3;
  bmp.behind_header = words_of({0xF800, 0x07E0, 0x001F});
  bmp.pixels = bytes_from({0xE0, 0x07, 0xFF, 0xFF});
  CHECK(samples(bmp.build()) == joined({green, white}));
  const BmpBuilder with_alpha{.width_px = 2,
                              .bits = 16,
                              .compression = 6,
                              .behind_header = words_of({0xF00, 0xF0, 0xF, 0xF000}),
                              .pixels = bytes_from({0x21, 0x83, 0x00, 0x0F})};
  CHECK(samples(with_alpha.build()) == Samples{51, 34, 17, 136, 255, 0, 0, 0});
}

TEST_CASE("masks of 32 bits may lie anywhere and have any width") {
  BmpBuilder bmp{.width_px = 2, .bits = 32, .compression = 3};
  bmp.behind_header = words_of({0xFF000000, 0x00000FF0, 0x00FF0000});
  bmp.pixels = words_of({0xFF000000, 0x00FF0000});
  CHECK(samples(bmp.build()) == joined({red, blue}));
  bmp.behind_header = words_of({0x7FF, 0x3FF800, 0xFFC00000});  // 11, 11 and 10 bits
  bmp.pixels = words_of({1024, 0xFFFFFFFF});
  const vqi::ReadImage wide = read(bmp.build());
  CHECK(vqi::testing::samples_of(wide.image) == joined({{128, 0, 0}, white}));
  CHECK(wide.sample_bits == 11);
  REQUIRE(wide.warnings.size() == 1);
  CHECK_THAT(wide.warnings[0], Catch::Contains("11 bits are rounded to 8"));
  bmp.behind_header = words_of({0xFF00, 0xFF, 0});  // no blue
  bmp.pixels = words_of({0xFFFF, 0xFF0000FF});
  CHECK(samples(bmp.build()) == Samples{255, 255, 0, 0, 255, 0});
  bmp.behind_header = words_of({0xFFFFFFFF, 0, 0});
  bmp.pixels = words_of({0x80000000, 0xFFFFFFFF});
  CHECK(samples(bmp.build()) == Samples{128, 0, 0, 255, 0, 0});
}

TEST_CASE("masks with gaps, masks that overlap and empty ones are damage") {
  BmpBuilder bmp{.width_px = 1, .bits = 32, .compression = 3, .pixels = words_of({0})};
  for (const auto& masks : {words_of({0xF0F, 0xF0, 0xF000}), words_of({0xFF, 0xFF0, 0xF000}), words_of({0, 0, 0})}) {
    bmp.behind_header = masks;
    CHECK(error_of_reading(bmp.build()) == ErrorCode::corrupt_image);
  }
}

TEST_CASE("the fourth byte of a pixel is alpha only with an alpha mask") {
  const Samples opaque{1, 2, 3, 4, 5, 6};
  const Samples with_alpha{1, 2, 3, 77, 4, 5, 6, 0};
  for (const std::uint32_t info_bytes : {12U, 40U, 52U})
    if (info_bytes != 12) CHECK(samples(bmp_32_bit(info_bytes, 0, 0, {0x4D010203, 0x00040506})) == opaque);
  for (const std::uint32_t info_bytes : {56U, 108U, 124U})
    for (const std::uint32_t compression : {0U, 3U}) {
      INFO(info_bytes << ", compression " << compression);
      CHECK(samples(bmp_32_bit(info_bytes, compression, 0, {0x4D010203, 0x00040506})) == opaque);
      CHECK(samples(bmp_32_bit(info_bytes, compression, 0xFF000000, {0x4D010203, 0x00040506})) == with_alpha);
    }
  // A mask that is not in use does not make a picture disappear.
  CHECK(samples(bmp_32_bit(108, 0, 0xFF000000, {0x00010203, 0x00040506})) == opaque);
  CHECK(samples(bmp_32_bit(108, 3, 0xFF000000, {0x00010203, 0x00040506})) == Samples{1, 2, 3, 0, 4, 5, 6, 0});
}

TEST_CASE("a JPEG or PNG inside a BMP is read") {
  const vqi::Image image = vqi::testing::gradient_image(6, 5, 3, 8);
  BmpBuilder bmp{
      .width_px = 6, .height_px = 5, .bits = 0, .compression = 5, .pixels = vqi::write_image_bytes(image, ".png")};
  const vqi::ReadImage inside = read(bmp.build());
  CHECK(vqi::testing::samples_of(inside.image) == vqi::testing::samples_of(image));
  CHECK(inside.format == "BMP");
  CHECK(vqi::inspect_image(bmp.build()).width_px == 6);
  bmp.width_px = 7;
  CHECK_THAT(message_of_reading(bmp.build()), Catch::Contains("its size is not that of the PNG inside"));
  bmp.width_px = 6;
  bmp.compression = 4;
  CHECK_THAT(message_of_reading(bmp.build()), Catch::Contains("no JPEG"));
  bmp.pixels = vqi::write_image_bytes(image, ".jpg");
  CHECK(read(bmp.build()).image.width_px() == 6);
}

TEST_CASE("the first bitmap of an OS/2 array is read, or the one that is asked for") {
  const auto entry = [](std::uint32_t next, std::uint32_t at, std::uint32_t colour) {
    Bytes head = vqi::testing::bytes_of("BA");
    vqi::testing::append_le(head, 26, 4);
    vqi::testing::append_le(head, next, 4);
    vqi::testing::append_le(head, 0, 4);
    const BmpBuilder bmp{.info_bytes = 12, .pixels = words_of({colour}), .pixel_offset = at + 40};
    vqi::testing::append(head, bmp.build());
    return head;
  };
  Bytes file = entry(44, 0, 0x010203);
  REQUIRE(file.size() == 44);
  vqi::testing::append(file, entry(0, 44, 0x040506));
  const vqi::ReadImage first = read(file);
  CHECK(vqi::testing::samples_of(first.image) == Samples{1, 2, 3});
  CHECK(first.warnings == std::vector<std::string>{"the BMP has 2 pictures; only the first is read"});
  const vqi::ReadImage second = vqi::read_image(file, {{}, Damage::refuse_any, 2});
  CHECK(vqi::testing::samples_of(second.image) == Samples{4, 5, 6});
  CHECK(second.warnings.empty());
  CHECK(vqi::testing::error_of([&] {
          return vqi::read_image(file, {{}, Damage::refuse_any, 3});
        }) == ErrorCode::invalid_option);
}

TEST_CASE("kinds that are not read are refused by name") {
  CHECK_THAT(message_of_reading(BmpBuilder{.bits = 64, .pixels = Bytes(8)}.build()),
             Catch::Contains("64 bits per pixel; convert it to PNG"));
  CHECK_THAT(message_of_reading(BmpBuilder{.info_bytes = 64, .bits = 1, .compression = 3}.build()),
             Catch::Contains("Huffman"));
  CHECK_THAT(message_of_reading(BmpBuilder{.bits = 32, .compression = 11}.build()), Catch::Contains("CMYK"));
  CHECK_THAT(message_of_reading(BmpBuilder{.compression = 99}.build()), Catch::Contains("compression 99"));
  CHECK_THAT(message_of_reading(BmpBuilder{.info_bytes = 66}.build()), Catch::Contains("header of 66 bytes"));
}

TEST_CASE("headers that cannot be right are damage") {
  for (const BmpBuilder& bmp :
       {BmpBuilder{.width_px = 0}, BmpBuilder{.width_px = -1}, BmpBuilder{.height_px = 0}, BmpBuilder{.bits = 3},
        BmpBuilder{.bits = 8, .compression = 2}, BmpBuilder{.bits = 24, .compression = 3},
        BmpBuilder{.height_px = -1, .bits = 8, .compression = 1, .behind_header = Bytes(4), .pixels = Bytes(9)},
        BmpBuilder{.bits = 8}, BmpBuilder{.pixel_offset = 20}})
    CHECK(error_of_reading(bmp.build()) == ErrorCode::corrupt_image);
  const BmpBuilder planes{.planes = 2, .pixels = Bytes(3)};
  CHECK_THAT(read(planes.build()).warnings.at(0), Catch::Contains("one plane"));
  CHECK(vqi::testing::error_of([&] { return read(planes.build(), Damage::refuse_any); }) == ErrorCode::corrupt_image);
}

TEST_CASE("a BMP cut off at any byte is an error, and whole rows are kept where pixels are salvaged") {
  const Bytes file = bmp_32_bit(108, 3, 0xFF000000, {1, 2});
  for (std::size_t length = 18; length < file.size(); ++length)
    CHECK(error_of_reading(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(length))) ==
          ErrorCode::corrupt_image);
  const BmpBuilder bmp{.width_px = 1, .height_px = 3, .pixels = bytes_from({1, 2, 3, 0, 4, 5, 6, 0, 7})};
  const vqi::ReadImage salvaged = read(bmp.build(), Damage::salvage);
  CHECK(vqi::testing::samples_of(salvaged.image) == Samples{0, 0, 0, 6, 5, 4, 3, 2, 1});
  CHECK(salvaged.lost_pixels);
  CHECK_THAT(salvaged.warnings.at(0), Catch::Contains("1 of 3 rows may be wrong or lost"));
}

TEST_CASE("bytes after a BMP's pixels and profile that its header does not count are told of") {
  const Bytes whole = bmp_32_bit(108, 3, 0xFF000000, {1, 2});
  CHECK(read(whole).warnings.empty());
  Bytes counted = whole;  // programs pad files to four bytes, and count it
  counted.push_back(std::byte{0});
  counted[2] = static_cast<std::byte>(counted.size());
  CHECK(read(counted).warnings.empty());
  Bytes runs = BmpBuilder{.width_px = 2,
                          .bits = 8,
                          .compression = 1,
                          .colours_used = 4,
                          .behind_header = four_colours(4),
                          .pixels = bytes_from({2, 1, 0, 1})}
                   .build();
  const Bytes inside = BmpBuilder{.width_px = 6,
                                  .height_px = 5,
                                  .bits = 0,
                                  .compression = 5,
                                  .pixels = vqi::write_image_bytes(vqi::testing::gradient_image(6, 5, 3, 8), ".png")}
                           .build();
  for (Bytes file : {whole, runs, inside}) {
    CHECK(read(file).warnings.empty());
    vqi::testing::append(file, "xyz");
    REQUIRE(read(file).warnings.size() == 1);
    CHECK_THAT(read(file).warnings[0], Catch::Contains("3 bytes follow its end"));
    CHECK(vqi::testing::error_of([&] { return read(file, Damage::refuse_any); }) == ErrorCode::corrupt_image);
  }
}

TEST_CASE("limits hold before memory is taken for a BMP") {
  const Bytes huge = BmpBuilder{.width_px = 0x7FFFFFFF, .height_px = 0x7FFFFFFF}.build();
  CHECK(error_of_reading(huge) == ErrorCode::limit_exceeded);
  vqi::DecodeLimits limits;
  limits.max_pixels = std::uint64_t{1} << 62;
  limits.max_side_px = 0xFFFFFFFF;
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(huge, {limits}); }) == ErrorCode::limit_exceeded);
  vqi::RunOptions run;
  run.progress = [](const vqi::Progress&) { return false; };
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(BmpBuilder{.pixels = Bytes(3)}.build(), {}, run); }) ==
        ErrorCode::cancelled);
}
