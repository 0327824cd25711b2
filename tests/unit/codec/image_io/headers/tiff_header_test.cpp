// TIFF files: which come out sample by sample, and which are refused rather than misread.
#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "image_header.hpp"
#include "image_tools.hpp"
#include "tiff_builder.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::ErrorCode;
using vqi::testing::Bytes;
using vqi::testing::TiffBuilder;
using Samples = std::vector<std::uint32_t>;

Samples gradient(std::uint32_t channels, std::uint32_t depth) {
  return vqi::testing::samples_of(vqi::testing::gradient_image(6, 4, channels, depth));
}
Samples read_samples(const Bytes& file) { return vqi::testing::samples_of(vqi::read_image(file).image); }
auto error_of_reading(const Bytes& file) {
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
        CHECK(read.image.bit_depth() == depth);
        CHECK(read.image.channels() == channels);
        CHECK(vqi::testing::samples_of(read.image) == samples);
      }
}

TEST_CASE("alpha of a TIFF comes out straight, whichever way it is stored") {
  for (const std::uint32_t depth : {8U, 16U}) {
    const Samples samples = gradient(4, depth);
    INFO(depth << " bits");
    // 2: unassociated, that is straight. None, or 0: taken for straight.
    CHECK(read_samples(TiffBuilder(6, 4, 4, depth, samples).set_short(338, {2}).build()) == samples);
    CHECK(read_samples(TiffBuilder(6, 4, 4, depth, samples, true).set_short(338, {2}).build()) == samples);
    CHECK(read_samples(TiffBuilder(6, 4, 4, depth, samples).set_short(338, {0}).build()) == samples);
    CHECK(read_samples(TiffBuilder(6, 4, 4, depth, samples).build()) == samples);
    // 1: associated, that is premultiplied.
    const std::uint32_t half = depth == 8 ? 51 : 13107;
    const std::uint32_t full = depth == 8 ? 255 : 65535;
    const Samples premultiplied{half, 0, half / 3, half, full, 0, 7, full};
    CHECK(read_samples(TiffBuilder(2, 1, 4, depth, premultiplied).set_short(338, {1}).build()) ==
          Samples{full, 0, full / 3, half, full, 0, 7, full});
  }
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

TEST_CASE("TIFFs that OpenCV would misread are refused") {
  const auto rgb16 = [] { return TiffBuilder(6, 4, 3, 16, gradient(3, 16)); };
  CHECK_FALSE(error_of_reading(rgb16().build()));
  CHECK(error_of_reading(rgb16().set_short(284, {2}).build()) == ErrorCode::not_an_image);           // planes
  CHECK(error_of_reading(rgb16().set_short(339, {2, 2, 2}).build()) == ErrorCode::not_an_image);     // signed
  CHECK(error_of_reading(rgb16().set_short(258, {32, 32, 32}).build()) == ErrorCode::not_an_image);  // 32 bits
  const auto grey16 = [] { return TiffBuilder(6, 4, 1, 16, gradient(1, 16)); };
  CHECK(error_of_reading(grey16().set_short(262, {0}).build()) == ErrorCode::not_an_image);  // white is zero
  CHECK(error_of_reading(TiffBuilder(6, 4, 2, 8, gradient(2, 8)).set_short(338, {2}).build()) ==
        ErrorCode::not_an_image);  // grey+alpha
  const auto float_image = [&] { return vqi::read_image(rgb16().set_short(339, {3, 3, 3}).build()); };
  CHECK_THAT(vqi::testing::message_of(float_image), Catch::Contains("floating-point"));
}

TEST_CASE("a TIFF cut off at any byte is an error") {
  const Bytes file = TiffBuilder(6, 4, 3, 8, gradient(3, 8)).build();
  for (std::size_t length = 4; length < file.size(); ++length) {
    INFO("cut to " << length << " of " << file.size());
    CHECK(error_of_reading(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(length))) ==
          ErrorCode::corrupt_image);
  }
}

TEST_CASE("a TIFF whose strip holds less than its pixels is an error") {
  CHECK(error_of_reading(TiffBuilder(6, 4, 3, 8, Samples(72)).build()) == std::nullopt);
  CHECK(error_of_reading(TiffBuilder(6, 4, 3, 8, Samples(71)).build()) == ErrorCode::corrupt_image);
}

TEST_CASE("a TIFF of no samples per pixel is an error") {
  CHECK(error_of_reading(TiffBuilder(6, 4, 1, 8, gradient(1, 8)).set_short(277, {0}).build()) ==
        ErrorCode::corrupt_image);
}

TEST_CASE("a TIFF's profile and further pages are warned of") {
  CHECK(vqi::read_image(TiffBuilder(6, 4, 3, 8, gradient(3, 8)).build()).warnings.empty());
  const Bytes file = TiffBuilder(6, 4, 3, 8, gradient(3, 8)).set_short(34675, {1, 2, 3, 4}).build();
  CHECK(vqi::detail::read_tiff_header(file).warnings.size() == 1);
  Bytes two_pages = TiffBuilder(6, 4, 3, 8, gradient(3, 8)).build();
  two_pages[two_pages.size() - 4] = std::byte{8};
  CHECK(vqi::detail::read_tiff_header(two_pages).warnings.size() == 1);
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
  const Bytes tall_strip = TiffBuilder(6, 4, 3, 8, gradient(3, 8)).set_long(278, 1U << 23).build();
  vqi::RunOptions run;
  run.max_memory_bytes = 100'000'000;
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(tall_strip, {}, run); }) == ErrorCode::limit_exceeded);
}

TEST_CASE("a TIFF whose tiles are far larger than its image is refused") {
  const auto tiled = [](std::uint32_t side) {
    return vqi::detail::read_tiff_header(
        TiffBuilder(6, 4, 3, 8, gradient(3, 8)).set_long(322, side).set_long(323, side).build());
  };
  CHECK_FALSE(vqi::testing::error_of([&] { return tiled(2048); }));
  CHECK_THAT(vqi::testing::message_of([&] { return tiled(4096); }), Catch::Contains("tiles far larger"));
  CHECK_THAT(vqi::testing::message_of([&] { return tiled(0xFFFFFFFF); }), Catch::Contains("tiles far larger"));
}
