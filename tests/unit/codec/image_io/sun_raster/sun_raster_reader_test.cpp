// Sun raster files: samples, layouts, limits, damage, in silence.
#include "sun_raster_reader.hpp"

#include <array>
#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "stderr_capture.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::ErrorCode;
using vqi::testing::Bytes;
using Samples = std::vector<std::uint32_t>;

Samples read_samples(const Bytes& file) { return vqi::testing::samples_of(vqi::read_image(file).image); }
auto error_of_reading(const Bytes& file) {
  return vqi::testing::error_of([&] { return vqi::read_image(file); });
}

/// Two pixels side by side.
Bytes file(std::uint32_t bits, std::uint32_t kind, std::string_view pixels) {
  Bytes bytes = vqi::testing::bytes_of("\x59\xA6\x6A\x95");
  for (const std::uint32_t field : {2U, 1U, bits, 6U, kind, 0U, 0U}) vqi::testing::append_be(bytes, field, 4);
  vqi::testing::append(bytes, pixels);
  return bytes;
}

/// 8 bits a pixel, with `map` as the colour map.
Bytes file_of_bytes(std::uint32_t width_px, std::uint32_t height_px, std::uint32_t map_kind, std::string_view map,
                    std::string_view pixels) {
  Bytes bytes = vqi::testing::bytes_of("\x59\xA6\x6A\x95");
  for (const std::uint32_t field : {width_px, height_px, 8U, 0U, 1U, map_kind, static_cast<std::uint32_t>(map.size())})
    vqi::testing::append_be(bytes, field, 4);
  vqi::testing::append(bytes, map);
  vqi::testing::append(bytes, pixels);
  return bytes;
}

}  // namespace

TEST_CASE("bytes without a colour map are grey, and those with one have its colours") {
  const Bytes grey = file_of_bytes(3, 2, 0, "", "abc.def");  // rows are padded to 2 bytes, the last one need not be
  CHECK(read_samples(grey) == Samples{97, 98, 99, 100, 101, 102});
  CHECK(vqi::inspect_image(grey).channels == 1);
  CHECK(read_samples(file_of_bytes(3, 1, 1, "RSTGHIBCD", {"\2\0\1\0", 4})) ==
        Samples{84, 73, 68, 82, 71, 66, 83, 72, 67});
  CHECK(error_of_reading(file_of_bytes(3, 2, 0, "", "abc.de")) == ErrorCode::corrupt_image);
}

TEST_CASE("a Sun raster whose colour map does not hold its pixels is damaged, and another kind of map is refused") {
  CHECK(error_of_reading(file_of_bytes(2, 1, 1, "RGB", {"\0\1", 2})) == ErrorCode::corrupt_image);
  CHECK(error_of_reading(file_of_bytes(2, 1, 1, "", {"\0\0", 2})) == ErrorCode::corrupt_image);
  CHECK(error_of_reading(file_of_bytes(2, 1, 1, "RGBA", {"\0\0", 2})) == ErrorCode::corrupt_image);
  CHECK(error_of_reading(file_of_bytes(2, 1, 0, "RGB", {"\0\0", 2})) == ErrorCode::corrupt_image);
  CHECK(error_of_reading(file_of_bytes(2, 1, 2, "RGB", {"\0\0", 2})) == ErrorCode::not_an_image);
}

TEST_CASE("a plain Sun raster is read, and layouts that OpenCV misreads are refused") {
  CHECK(read_samples(file(24, 1, "CBAFED")) == Samples{65, 66, 67, 68, 69, 70});
  CHECK(error_of_reading(file(1, 1, "A")) == ErrorCode::not_an_image);
  CHECK(error_of_reading(file(24, 2, "CBAFED")) == ErrorCode::not_an_image);
  CHECK(error_of_reading(file(24, 4, "CBAFED")) == ErrorCode::not_an_image);
  CHECK(error_of_reading(file(24, 1, "CBA")) == ErrorCode::corrupt_image);
}

TEST_CASE("a Sun raster in RGB order has its colours, and rows of odd length are padded") {
  CHECK(read_samples(file(24, 3, "ABCDEF")) == Samples{65, 66, 67, 68, 69, 70});
  CHECK(error_of_reading(file(24, 3, "ABCDE")) == ErrorCode::corrupt_image);
  for (const std::uint32_t kind : {1U, 3U}) {
    Bytes padded = vqi::testing::bytes_of("\x59\xA6\x6A\x95");
    for (const std::uint32_t field : {1U, 2U, 24U, 8U, kind, 0U, 0U}) vqi::testing::append_be(padded, field, 4);
    vqi::testing::append(padded, kind == 3 ? "ABC.DEF." : "CBA.FED.");
    CHECK(read_samples(padded) == Samples{65, 66, 67, 68, 69, 70});
  }
}

TEST_CASE("a colour map of a Sun raster with three bytes a pixel is refused, as readers disagree on it") {
  for (const std::uint32_t kind : {1U, 3U}) {
    Bytes mapped = vqi::testing::bytes_of("\x59\xA6\x6A\x95");
    for (const std::uint32_t field : {2U, 1U, 24U, 6U, kind, 1U, 3U}) vqi::testing::append_be(mapped, field, 4);
    vqi::testing::append(mapped, "RGBABCDEF");
    CHECK(error_of_reading(mapped) == ErrorCode::not_an_image);
  }
}

TEST_CASE("a Sun raster file is recognised by its first bytes and tells its size") {
  const Bytes bytes = file(24, 1, "abcdef");
  CHECK(vqi::detail::is_sun_raster(bytes));
  CHECK_FALSE(vqi::detail::is_sun_raster(std::span(bytes).first(3)));
  const vqi::ImageFileInfo info = vqi::inspect_image(bytes);
  CHECK(info.format == "Sun raster");
  CHECK(info.width_px == 2);
  CHECK(info.height_px == 1);
}

TEST_CASE("limits apply to a Sun raster before OpenCV sees it, and name themselves") {
  const Bytes bytes = file(24, 1, "abcdef");
  const auto message = [&](const vqi::ReadOptions& options, const vqi::RunOptions& run = {}) {
    return vqi::testing::message_of([&] { return vqi::read_image(bytes, options, run); });
  };
  CHECK(message({}).empty());
  vqi::ReadOptions options;
  options.limits.max_pixels = 1;
  CHECK_THAT(message(options), Catch::Contains("2x1") && Catch::Contains("limit of 1 pixels"));
  options = {};
  options.limits.max_side_px = 1;
  CHECK_THAT(message(options), Catch::Contains("side over the limit of 1"));
  vqi::RunOptions run;
  run.max_memory_bytes = 2 * 3;  // OpenCV's copy is counted as well
  CHECK_THAT(message({}, run), Catch::Contains("bytes of memory"));
  // Six bytes for each of these pixels are 2^32 over a multiple of 2^64.
  Bytes huge = bytes;
  constexpr std::array<std::uint8_t, 8> sides{0x80, 0, 0, 0, 0xAA, 0xAA, 0xAA, 0xAB};
  for (std::size_t i = 0; i < sides.size(); ++i) huge[4 + i] = std::byte{sides[i]};
  options.limits = {.max_pixels = std::uint64_t{1} << 63, .max_side_px = 0xFFFFFFFF};
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::read_image(huge, options); }),
             Catch::Contains("bytes of memory"));
  options = {};
  options.page = 2;
  CHECK_THAT(message(options), Catch::Contains("1 picture"));
}

TEST_CASE("nothing is printed for a damaged Sun raster") {
  const std::string printed = vqi::testing::stderr_of_process([&] {
    const Bytes whole = file(24, 1, "abcdef");
    for (std::size_t i = 4; i < whole.size(); ++i) {
      Bytes damaged = whole;
      damaged[i] ^= std::byte{0x5A};
      static_cast<void>(vqi::testing::error_of([&] { return vqi::read_image(damaged); }));
    }
  });
  CHECK(printed.empty());
}
