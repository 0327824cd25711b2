// read_jpeg2000: components of every number and depth, palettes, alpha, subsampled colours, damage, limits.
#include "jpeg2000_reader.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "image_tools.hpp"
#include "jpeg2000_fixture.hpp"

namespace {

using vqi::ErrorCode;
using vqi::testing::Bytes;
using vqi::testing::jpeg2000_sample;
using vqi::testing::Jpeg2000Kind;
using vqi::testing::samples_of;
using vqi::testing::write_jpeg2000_fixture;

/// The samples of a file whose components are all of the image's size.
std::vector<std::uint32_t> expected_samples(const Jpeg2000Kind& kind) {
  const std::uint32_t most = (1U << kind.bits) - 1;
  const std::uint32_t full = kind.bits > 8 ? 65535 : 255;
  std::vector<std::uint32_t> samples;
  for (std::uint32_t y = 0; y < kind.height_px; ++y)
    for (std::uint32_t x = 0; x < kind.width_px; ++x)
      for (std::uint32_t i = 0; i < kind.components; ++i) {
        const auto value = static_cast<std::uint32_t>(jpeg2000_sample(kind, i, x, y));
        samples.push_back(static_cast<std::uint32_t>((std::uint64_t{value} * full + most / 2) / most));
      }
  return samples;
}

}  // namespace

TEST_CASE("1 to 4 components of 1 to 16 bits come out scaled exactly, boxed or not, off the origin too") {
  for (const std::uint32_t components : {1U, 2U, 3U, 4U})
    for (const std::uint32_t bits : {1U, 4U, 8U, 12U, 16U})
      for (const bool is_boxed : {false, true})
        for (const std::uint32_t origin : {0U, 5U}) {
          const Jpeg2000Kind kind{.components = components, .bits = bits, .origin = origin, .is_boxed = is_boxed};
          INFO(components << " components of " << bits << " bits, boxed " << is_boxed << ", from " << origin);
          const vqi::ReadImage read = vqi::read_image(write_jpeg2000_fixture(kind));
          CHECK(read.format == "JPEG 2000");
          CHECK(read.warnings.empty());
          CHECK(read.sample_bits == bits);
          CHECK(read.image.channels() == components);
          CHECK((samples_of(read.image) == expected_samples(kind)));
        }
}

TEST_CASE("a palette is looked up") {
  const vqi::ReadImage read = vqi::read_image(vqi::testing::palette_jpeg2000());
  CHECK(read.is_palette);
  CHECK(read.sample_bits == 8);
  const vqi::ImageFileInfo info = vqi::inspect_image(vqi::testing::palette_jpeg2000());
  CHECK(info.channels == 3);
  CHECK(info.bit_depth == 8);
  CHECK(read.image.channels() == 3);
  const std::vector<std::uint32_t> samples = samples_of(read.image);
  // The fixture's samples are 0, 15, 27, 42; only entry 0 is red.
  CHECK(samples == std::vector<std::uint32_t>{255, 0, 0, 0, 0, 255, 0, 0, 255, 0, 0, 255});
}

TEST_CASE("alpha is straight, or made so, wherever the channel definition puts it") {
  Jpeg2000Kind kind{.components = 4, .space = OPJ_CLRSPC_SRGB, .alpha = {0, 0, 0, 1}};
  CHECK((samples_of(vqi::read_image(write_jpeg2000_fixture(kind)).image) == expected_samples(kind)));
  kind.components = 2;
  kind.space = OPJ_CLRSPC_GRAY;
  kind.alpha = {0, 1};
  CHECK((samples_of(vqi::read_image(write_jpeg2000_fixture(kind)).image) == expected_samples(kind)));
}

TEST_CASE("subsampled differences become RGB, near what they stand for") {
  Jpeg2000Kind kind{.components = 3, .chroma_distance = 2, .space = OPJ_CLRSPC_SYCC};
  for (const std::uint32_t origin : {0U, 1U}) {
    kind.origin = origin;
    const vqi::Image image = vqi::read_image(write_jpeg2000_fixture(kind)).image;
    REQUIRE(image.width_px() == kind.width_px);
    std::size_t wrong = 0;
    for (std::uint32_t y = 0; y < kind.height_px; ++y)
      for (std::uint32_t x = 0; x < kind.width_px; ++x) {
        const auto under = [&](std::uint32_t at) {
          return (origin + at) / 2 - std::min((origin + at) / 2, (origin + 1) / 2);
        };
        const double luma = jpeg2000_sample(kind, 0, x, y);
        const double blue = jpeg2000_sample(kind, 1, under(x), under(y)) - 128.0;
        const double red = jpeg2000_sample(kind, 2, under(x), under(y)) - 128.0;
        const double expected[3] = {luma + 1.402 * red, luma - 0.344136 * blue - 0.714136 * red, luma + 1.772 * blue};
        for (std::size_t i = 0; i < 3; ++i)
          wrong += std::abs(std::clamp(expected[i], 0.0, 255.0) - std::to_integer<int>(image.row(y)[3 * x + i])) > 0.51;
      }
    CHECK(wrong == 0);
  }
}

TEST_CASE("kinds of JPEG 2000 that are not read are named") {
  const auto message = [](const Bytes& file) {
    CHECK(vqi::testing::error_of([&] { return vqi::read_image(file); }) == ErrorCode::not_an_image);
    return vqi::testing::message_of([&] { return vqi::read_image(file); });
  };
  CHECK_THAT(message(write_jpeg2000_fixture({.is_signed = true})), Catch::Contains("signed samples"));
  CHECK_THAT(message(vqi::testing::boxed_jpeg2000({.components = 4}, vqi::testing::hex_bytes("0100000000000c"))),
             Catch::Contains("CMYK"));
  CHECK_THAT(message(write_jpeg2000_fixture({.bits = 20})), Catch::Contains("20 bits per sample"));
}

TEST_CASE("a profile that fits is kept") {
  const Bytes profile = vqi::testing::icc_profile("RGB ");
  Bytes colour = vqi::testing::hex_bytes("020000");
  vqi::testing::append(colour, profile);
  const vqi::ReadImage read = vqi::read_image(vqi::testing::boxed_jpeg2000({}, colour));
  REQUIRE(read.image.metadata().icc_profile);
  CHECK((read.image.metadata().icc_profile->bytes == profile));
}

TEST_CASE("a JPEG 2000 file cut off in its pixels is an error, and salvaged where that is possible") {
  const Bytes file = write_jpeg2000_fixture({.width_px = 80, .height_px = 64});
  const std::vector<std::uint32_t> samples = samples_of(vqi::read_image(file).image);
  for (std::size_t length = 12; length < file.size(); length += 1 + file.size() / 200) {
    std::vector<std::uint32_t> read;
    const auto code =
        vqi::testing::error_of([&] { read = samples_of(vqi::read_image(std::span(file).first(length)).image); });
    INFO(length << " of " << file.size());
    if (!code) CHECK((read == samples));
    if (length < file.size() - 4) CHECK(code == ErrorCode::corrupt_image);
  }
  CHECK(vqi::read_image(std::span(file).first(file.size() * 3 / 4), {.damage = vqi::Damage::salvage}).lost_pixels);
}

TEST_CASE("a palette's index has the bits that are told, whatever its entries have") {
  Bytes boxes = vqi::testing::jpeg2000_box("pclr", vqi::testing::hex_bytes("0001030b0b0b0fff0fff0fff"));
  vqi::testing::append(boxes, vqi::testing::jpeg2000_box("cmap", vqi::testing::hex_bytes("000001000000010100000102")));
  const vqi::ReadImage read = vqi::read_image(
      vqi::testing::boxed_jpeg2000({.components = 1, .bits = 4}, vqi::testing::hex_bytes("01000000000010"), boxes));
  CHECK(read.sample_bits == 4);
  CHECK(read.image.bit_depth() == 16);
}

TEST_CASE("bytes after a JPEG 2000 file's last box change no pixel, and are told of") {
  const Bytes whole = write_jpeg2000_fixture({});
  for (const std::string_view more : {"x", "a text that is no box"}) {
    Bytes file = whole;
    vqi::testing::append(file, more);
    const vqi::ReadImage read = vqi::read_image(file);
    CHECK((samples_of(read.image) == samples_of(vqi::read_image(whole).image)));
    REQUIRE_FALSE(read.warnings.empty());
    CHECK_THAT(read.warnings.back(), Catch::Contains("its end"));
    CHECK(vqi::testing::error_of([&] { return vqi::read_image(file, {.damage = vqi::Damage::refuse_any}); }) ==
          ErrorCode::corrupt_image);
  }
}

TEST_CASE("limits hold for a JPEG 2000 file before it is decoded") {
  const Bytes file = write_jpeg2000_fixture({.width_px = 80, .height_px = 64});
  vqi::DecodeLimits limits;
  limits.max_pixels = 80 * 64 - 1;
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::read_image(file, {limits}); }),
             Catch::Contains("80x64") && Catch::Contains("limit of 5119 pixels"));
  vqi::RunOptions run;
  run.max_memory_bytes = 80 * 64 * 3 * 9;
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(file, {}, run); }) == ErrorCode::limit_exceeded);
  // Pixels of 8 bytes that take 2^64 bytes; the codestream begins with its SIZ segment.
  Bytes huge = write_jpeg2000_fixture({.components = 4, .bits = 16, .is_boxed = false});
  for (std::size_t i = 0; i < 8; ++i) huge[8 + i] = std::byte{0};
  huge[8] = std::byte{0x40};
  huge[12] = std::byte{0x80};
  limits = {.max_pixels = std::uint64_t{1} << 62, .max_side_px = 0xFFFFFFFF};
  run.max_memory_bytes = std::uint64_t{1} << 63;
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::read_image(huge, {limits}, run); }),
             Catch::Contains("bytes of memory"));
}
