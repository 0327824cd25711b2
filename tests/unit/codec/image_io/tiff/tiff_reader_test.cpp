// TIFF files: which come out sample by sample, and which are refused rather than misread.
#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "streams/read_rows.hpp"
#include "tiff_builder.hpp"
#include "tiff_reader.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::ErrorCode;
using vqi::testing::Bytes;
using vqi::testing::TiffBuilder;
using Samples = std::vector<std::uint32_t>;

Samples gradient(std::uint32_t channels, std::uint32_t depth) {
  return vqi::testing::samples_of(vqi::testing::gradient_image(6, 4, channels, depth));
}
Samples read_samples(const Bytes& file) {
  vqi::test::check_rows_are_those_of_the_whole(file);
  return vqi::testing::samples_of(vqi::read_image(file).image);
}
auto error_of_reading(const Bytes& file) {
  vqi::test::check_rows_are_those_of_the_whole(file);
  return vqi::testing::error_of([&] { return vqi::read_image(file); });
}

}  // namespace

TEST_CASE("grey and RGB TIFFs of 8 and 16 bits come out sample by sample in both byte orders") {
  for (const bool is_big_endian : {false, true})
    for (const std::uint32_t depth : {8U, 16U})
      for (const std::uint32_t channels : {1U, 3U}) {
        const Samples samples = gradient(channels, depth);
        const vqi::ReadImage read = vqi::read_image(TiffBuilder(6, 4, channels, depth, samples, is_big_endian).build());
        INFO(channels << " channels of " << depth << " bits, big-endian " << is_big_endian);
        CHECK(read.format == "TIFF");
        CHECK(vqi::test::check_rows_are_those_of_the_whole(
            TiffBuilder(6, 4, channels, depth, samples, is_big_endian).set_rational(282, 300, 1).build()));
        CHECK(read.image.bit_depth() == depth);
        CHECK(read.image.channels() == channels);
        CHECK(vqi::testing::samples_of(read.image) == samples);
      }
}

TEST_CASE("alpha of a TIFF comes out straight, whichever way it is stored") {
  for (const std::uint32_t depth : {8U, 16U}) {
    const Samples samples = gradient(4, depth);
    INFO(depth << " bits");
    // 2: unassociated, that is straight.
    CHECK(read_samples(TiffBuilder(6, 4, 4, depth, samples).set_short(338, {2}).build()) == samples);
    CHECK(read_samples(TiffBuilder(6, 4, 4, depth, samples, true).set_byte(338, {2}).build()) == samples);
    CHECK(read_samples(TiffBuilder(6, 4, 4, depth, samples, true).set_long(338, 2).build()) == samples);
    // 1: associated, that is premultiplied.
    const std::uint32_t half = depth == 8 ? 51 : 13107;
    const std::uint32_t full = depth == 8 ? 255 : 65535;
    const Samples premultiplied{half, 0, half / 3, half, full, 0, 7, full};
    CHECK(read_samples(TiffBuilder(2, 1, 4, depth, premultiplied).set_short(338, {1}).build()) ==
          Samples{full, 0, full / 3, half, full, 0, 7, full});
  }
}

TEST_CASE("a sample that is declared to be no alpha is left out, and one that is not declared taken for it") {
  const Samples samples{1, 2, 3, 4, 5, 6, 7, 8};
  const vqi::ReadImage unspecified = vqi::read_image(TiffBuilder(2, 1, 4, 8, samples).set_short(338, {0}).build());
  CHECK(vqi::testing::samples_of(unspecified.image) == Samples{1, 2, 3, 5, 6, 7});
  REQUIRE(unspecified.warnings.size() == 1);
  CHECK_THAT(unspecified.warnings[0], Catch::Contains("left out"));
  const vqi::ReadImage undeclared = vqi::read_image(TiffBuilder(2, 1, 4, 8, samples).build());
  CHECK(vqi::testing::samples_of(undeclared.image) == samples);
  REQUIRE(undeclared.warnings.size() == 1);
  CHECK_THAT(undeclared.warnings[0], Catch::Contains("taken for straight alpha"));
  CHECK(read_samples(TiffBuilder(2, 1, 4, 8, samples).set_short(338, {0, 2}).set_short(262, {1}).build()) ==
        Samples{1, 3, 5, 7});
}

TEST_CASE("a TIFF of 12 bits is stretched to 16") {
  CHECK(read_samples(TiffBuilder(4, 1, 1, 12, {0, 1, 2048, 4095}).build()) == Samples{0, 16, 32776, 65535});
}

TEST_CASE("a TIFF's orientation is applied at 8 and at 16 bits") {
  for (const std::uint32_t depth : {8U, 16U})
    for (const bool is_big_endian : {false, true})
      for (const auto& [orientation, expected] : std::vector<std::pair<std::uint32_t, Samples>>{
               {1, {1, 2, 3, 4, 5, 6}},
               {2, {3, 2, 1, 6, 5, 4}},
               {3, {6, 5, 4, 3, 2, 1}},
               {4, {4, 5, 6, 1, 2, 3}},
               {5, {1, 4, 2, 5, 3, 6}},
               {6, {4, 1, 5, 2, 6, 3}},
               {7, {6, 3, 5, 2, 4, 1}},
               {8, {3, 6, 2, 5, 1, 4}},
           }) {
        INFO("orientation " << orientation << " at " << depth << " bits");
        const Bytes file =
            TiffBuilder(3, 2, 1, depth, {1, 2, 3, 4, 5, 6}, is_big_endian).set_short(274, {orientation}).build();
        CHECK(read_samples(file) == expected);
      }
}

TEST_CASE("depth and palette of the file are told") {
  const vqi::ReadImage twelve = vqi::read_image(TiffBuilder(4, 1, 1, 12, {0, 1, 2048, 4095}).build());
  CHECK(twelve.sample_bits == 12);
  CHECK_FALSE(twelve.is_palette);
  const vqi::ReadImage palette = vqi::read_image(
      TiffBuilder(2, 1, 1, 8, {0, 255}).set_short(262, {3}).set_short(320, Samples(768, 0x8080)).build());
  CHECK(palette.is_palette);
  CHECK(palette.sample_bits == 8);
  CHECK(vqi::testing::samples_of(palette.image) == Samples(6, 0x80));
}

TEST_CASE("TIFFs of kinds that are not read are refused by name") {
  const auto rgb = [] { return TiffBuilder(6, 4, 3, 16, gradient(3, 16)); };
  CHECK_FALSE(error_of_reading(rgb().build()));
  for (const auto& [tag, values, words] : std::vector<std::tuple<std::uint16_t, Samples, std::string>>{
           {339, {2, 2, 2}, "signed"},
           {339, {3, 3, 3}, "floating-point"},
           {339, {5, 5, 5}, "complex"},
           {258, {32, 32, 32}, "32 bits"},
           {258, {16, 16, 8}, "different depths"},
           {259, {33003}, "compression 33003"},
           {262, {32845}, "LogLuv"},
           {262, {1234}, "unknown kind 1234"},
       }) {
    const Bytes file = rgb().set_short(tag, values).build();
    CHECK(error_of_reading(file) == ErrorCode::not_an_image);
    CHECK_THAT(vqi::testing::message_of([&] { return vqi::read_image(file); }), Catch::Contains(words));
  }
}

TEST_CASE("a TIFF cut off at any byte is an error, if only in the link to the next page a warning") {
  const Bytes file = TiffBuilder(6, 4, 3, 8, gradient(3, 8)).build();
  for (std::size_t length = 4; length < file.size(); ++length) {
    INFO("cut to " << length << " of " << file.size());
    const Bytes cut(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(length));
    if (length < file.size() - 4) {
      CHECK(error_of_reading(cut) == ErrorCode::corrupt_image);
    } else {
      CHECK(read_samples(cut) == gradient(3, 8));
      CHECK(vqi::read_image(cut).warnings.size() == (length == file.size() - 4 ? 0 : 1));
    }
  }
  Bytes cut = file;
  cut.pop_back();
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(cut, {.damage = vqi::Damage::refuse_any}); }) ==
        ErrorCode::corrupt_image);
}

TEST_CASE("a TIFF whose strip holds less than its pixels is an error") {
  CHECK(error_of_reading(TiffBuilder(6, 4, 3, 8, Samples(72)).build()) == std::nullopt);
  CHECK(error_of_reading(TiffBuilder(6, 4, 3, 8, Samples(71)).build()) == ErrorCode::corrupt_image);
}

TEST_CASE("a TIFF of no samples per pixel is an error") {
  CHECK(error_of_reading(TiffBuilder(6, 4, 1, 8, gradient(1, 8)).set_short(277, {0}).build()) ==
        ErrorCode::corrupt_image);
}

TEST_CASE("a page is chosen by its number") {
  const TiffBuilder first(2, 1, 1, 8, {1, 2});
  const TiffBuilder second(1, 1, 3, 8, {7, 8, 9});
  const Bytes file = TiffBuilder::build_pages({&first, &second});
  const auto page = [&](std::uint32_t number) { return vqi::read_image(file, {.page = number}); };
  CHECK(vqi::testing::samples_of(page(1).image) == Samples{1, 2});
  CHECK(vqi::testing::samples_of(page(2).image) == Samples{7, 8, 9});
  for (const std::uint32_t number : {1U, 2U}) {
    REQUIRE(page(number).warnings.size() == 1);
    CHECK_THAT(page(number).warnings[0], Catch::Contains("several pages; of 2 only page " + std::to_string(number)));
  }
  for (const std::uint32_t number : {0U, 3U, 0xFFFFFFFFU}) {
    CHECK(vqi::testing::error_of([&] { return page(number); }) == ErrorCode::invalid_option);
    CHECK_THAT(vqi::testing::message_of([&] { return page(number); }), Catch::Contains("has 2 pictures"));
  }
}

TEST_CASE("pages that are smaller copies or masks of the one that is read are not warned of") {
  const TiffBuilder whole(2, 1, 1, 8, {1, 2});
  TiffBuilder reduced(1, 1, 1, 8, {1});
  reduced.set_long(254, 1);
  CHECK(vqi::read_image(TiffBuilder::build_pages({&whole, &reduced})).warnings.empty());
  const vqi::ReadImage read = vqi::read_image(TiffBuilder::build_pages({&reduced, &whole}));
  REQUIRE(read.warnings.size() == 1);
  CHECK_THAT(read.warnings[0], Catch::Contains("a reduced copy"));
}

TEST_CASE("a page that is a copy of a picture off the chain of pages, and a slice of a volume, are told of") {
  const auto warnings_of = [](const TiffBuilder& file) { return vqi::read_image(file.build()).warnings; };
  const auto grey = [] { return TiffBuilder(2, 1, 1, 8, {1, 2}); };
  for (const std::uint32_t kind : {1U, 4U, 5U}) {
    const auto warnings = warnings_of(grey().set_long(254, kind).set_long(330, 8));
    REQUIRE(warnings.size() == 1);
    CHECK_THAT(warnings[0], Catch::Contains("a reduced copy or a mask of a picture that is not read"));
  }
  CHECK(warnings_of(grey().set_long(254, 2)).empty());  // a page of several
  const auto slices = warnings_of(grey().set_long(32997, 5));
  REQUIRE(slices.size() == 1);
  CHECK_THAT(slices[0], Catch::Contains("5 slices"));
  CHECK(warnings_of(grey().set_long(32997, 1)).empty());
}

TEST_CASE("indices without a palette of their size are damage, and colours of which nothing is told a warning") {
  const auto indices = [] { return TiffBuilder(2, 1, 1, 8, {0, 255}).set_short(262, {3}); };
  CHECK(error_of_reading(indices().build()) == ErrorCode::corrupt_image);
  CHECK(error_of_reading(indices().set_short(320, Samples(300)).build()) == ErrorCode::corrupt_image);
  CHECK_FALSE(error_of_reading(indices().set_short(320, Samples(768)).build()));
  for (const std::uint32_t channels : {1U, 3U}) {
    const vqi::ReadImage read =
        vqi::read_image(TiffBuilder(6, 4, channels, 8, gradient(channels, 8)).remove(262).build());
    CHECK(vqi::testing::samples_of(read.image) == gradient(channels, 8));
    REQUIRE(read.warnings.size() == 1);
    CHECK_THAT(read.warnings[0], Catch::Contains(channels == 3 ? "for RGB" : "zeros are black"));
  }
}

TEST_CASE("inspecting a TIFF tells its first page") {
  const vqi::ImageFileInfo info = vqi::detail::inspect_tiff(TiffBuilder(6, 4, 4, 16, gradient(4, 16)).build());
  CHECK(info.format == "TIFF");
  CHECK(info.width_px == 6);
  CHECK(info.height_px == 4);
  CHECK(info.channels == 4);
  CHECK(info.bit_depth == 16);
}

TEST_CASE("rows of a strip may be any number") {
  for (const std::uint32_t rows : {4U, 5U, 0x7FFFFFFFU, 0xFFFFFFFBU, 0xFFFFFFFEU, 0xFFFFFFFFU})
    for (const bool is_big_endian : {false, true}) {
      INFO(rows << " rows");
      CHECK(read_samples(TiffBuilder(6, 4, 3, 8, gradient(3, 8), is_big_endian).set_long(278, rows).build()) ==
            gradient(3, 8));
    }
  CHECK(error_of_reading(TiffBuilder(6, 4, 3, 8, gradient(3, 8)).set_long(278, 0).build()) == ErrorCode::corrupt_image);
}

TEST_CASE("limits apply to a TIFF's size and to its strips before memory is taken") {
  vqi::DecodeLimits limits;
  limits.max_pixels = 23;
  const Bytes file = TiffBuilder(6, 4, 3, 8, gradient(3, 8)).build();
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(file, {limits}); }) == ErrorCode::limit_exceeded);
  const Bytes huge = TiffBuilder(6, 4, 3, 8, gradient(3, 8))
                         .set_short(259, {5})
                         .set_long(256, 1U << 20)
                         .set_long(257, 1U << 20)
                         .build();
  CHECK(error_of_reading(huge) == ErrorCode::limit_exceeded);
  vqi::RunOptions run;
  run.max_memory_bytes = 6 * 4 * 3 - 1;
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(file, {}, run); }) == ErrorCode::limit_exceeded);
  // A compressed strip is in memory as a whole, beside the image and a row of 4 samples of 2 bytes.
  Bytes packed;
  const Samples samples = gradient(3, 8);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (i % 18 == 0) packed.push_back(std::byte{17});  // PackBits: 18 literal bytes
    packed.push_back(static_cast<std::byte>(samples[i]));
  }
  for (const std::uint32_t rows : {4U, 1U << 23}) {
    const Bytes tall_strip =
        TiffBuilder(6, 4, 3, 8, samples).set_short(259, {32773}).set_long(278, rows).set_data(packed).build();
    run.max_memory_bytes = 2 * 6 * 4 * 3 + 6 * 4 * 2;
    CHECK(vqi::testing::samples_of(vqi::read_image(tall_strip, {}, run).image) == samples);
    --run.max_memory_bytes;
    CHECK(vqi::testing::error_of([&] { return vqi::read_image(tall_strip, {}, run); }) == ErrorCode::limit_exceeded);
  }
}

TEST_CASE("reading a TIFF stops when the callback says so") {
  vqi::RunOptions run;
  run.progress = [](const vqi::Progress& progress) {
    CHECK(progress.stage == vqi::Stage::read);
    return false;
  };
  const Bytes file = TiffBuilder(6, 4, 3, 8, gradient(3, 8)).build();
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(file, {}, run); }) == ErrorCode::cancelled);
}

TEST_CASE("a TIFF whose tiles are far larger than its image is refused") {
  const auto tiled = [](std::uint32_t side) {
    return vqi::testing::message_of([&] {
      return vqi::read_image(TiffBuilder(6, 4, 3, 8, gradient(3, 8))
                                 .remove(278)
                                 .set_long(322, side)
                                 .set_long(323, side)
                                 .set_long(324, 8)
                                 .set_long(325, 72)
                                 .build());
    });
  };
  CHECK_THAT(tiled(2048), Catch::Contains("tile 1 is shorter"));
  CHECK_THAT(tiled(4096), Catch::Contains("tiles far larger"));
  CHECK_THAT(tiled(0xFFFFFFF0), Catch::Contains("tile size"));
}
