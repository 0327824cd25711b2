// read_webp: lossy, lossless and animated files, orientation, metadata, damage.
#include "webp_reader.hpp"

#include <webp/decode.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "image_tools.hpp"
#include "webp_fixture.hpp"

namespace {

using vqi::Damage;
using vqi::ErrorCode;
using vqi::testing::Bytes;
using vqi::testing::gradient_image;
using vqi::testing::samples_of;
using vqi::testing::write_webp_fixture;

/// What libwebp's simple call makes of a file.
std::vector<std::uint32_t> samples_by_libwebp(const Bytes& file, std::size_t channels) {
  int width = 0;
  int height = 0;
  const auto* data = reinterpret_cast<const std::uint8_t*>(file.data());
  std::uint8_t* decoded = channels == 4 ? WebPDecodeRGBA(data, file.size(), &width, &height)
                                        : WebPDecodeRGB(data, file.size(), &width, &height);
  REQUIRE(decoded != nullptr);
  std::vector<std::uint32_t> samples(decoded, decoded + static_cast<std::size_t>(width * height) * channels);
  WebPFree(decoded);
  return samples;
}

vqi::Image flat(std::uint32_t width_px, std::uint32_t height_px, std::array<std::uint8_t, 4> colour) {
  vqi::Image image(width_px, height_px, 4, 8);
  for (std::size_t i = 0; i < image.size_bytes(); ++i) image.samples()[i] = std::byte{colour[i % 4]};
  return image;
}

}  // namespace

TEST_CASE("lossy and lossless WebP, with and without alpha, give the pixels that libwebp gives") {
  for (const std::uint32_t channels : {3U, 4U})
    for (const bool is_lossless : {false, true}) {
      const Bytes file = write_webp_fixture(gradient_image(37, 21, channels, 8), is_lossless);
      const vqi::ReadImage read = vqi::read_image(file);
      CHECK(read.format == "WebP");
      CHECK(read.warnings.empty());
      CHECK(read.image.channels() == channels);
      CHECK((samples_of(read.image) == samples_by_libwebp(file, channels)));
    }
  CHECK(vqi::testing::error_of([] {
          return vqi::read_image(write_webp_fixture(gradient_image(9, 9, 3, 8), true), {.page = 2});
        }) == ErrorCode::invalid_option);
}

TEST_CASE("a WebP's orientation is applied, its profile kept, other metadata named") {
  const Bytes simple = write_webp_fixture(gradient_image(37, 21, 3, 8), true);
  Bytes with_prefix = vqi::testing::bytes_of({"Exif\0\0", 6});
  vqi::testing::append(with_prefix, vqi::testing::exif_block(6));
  for (const Bytes& exif : {vqi::testing::exif_block(6), with_prefix}) {
    const vqi::ReadImage read = vqi::read_image(vqi::testing::extended_webp(simple, 0x08, 37, 21, "EXIF", exif));
    CHECK(read.image.width_px() == 21);
    CHECK(read.image.height_px() == 37);
    // Orientation 6: the stored left bottom corner comes to lie at the left top.
    const vqi::Image stored = vqi::read_image(simple).image;
    CHECK(std::equal(read.image.row(0), read.image.row(0) + 3, stored.row(20)));
    CHECK(read.dropped == std::vector<std::string>{"EXIF"});
  }
  const Bytes profile = vqi::testing::icc_profile("RGB ");
  const vqi::ReadImage read = vqi::read_image(vqi::testing::extended_webp(simple, 0x20, 37, 21, "ICCP", profile));
  CHECK(read.warnings.empty());
  REQUIRE(read.image.metadata().icc_profile);
  CHECK((read.image.metadata().icc_profile->bytes == profile));
}

TEST_CASE("a frame of an animation is composed on the canvas, the first unless another is asked for") {
  const vqi::Image below = flat(16, 8, {200, 10, 20, 255});
  vqi::Image above = flat(16, 8, {0, 0, 0, 0});
  for (std::size_t i = 0; i < 16; ++i) above.samples()[i] = std::byte{i % 4 == 3 ? std::uint8_t{255} : std::uint8_t{9}};
  const Bytes file =
      vqi::testing::animated_webp(16, 8, {write_webp_fixture(below, true), write_webp_fixture(above, true)});
  const vqi::ReadImage first = vqi::read_image(file);
  CHECK((samples_of(first.image) == samples_of(below)));
  REQUIRE(first.warnings.size() == 1);
  CHECK(first.warnings[0] == "the WebP has 2 pictures; only the first is read");
  const std::vector<std::uint32_t> second = samples_of(vqi::read_image(file, {.page = 2}).image);
  CHECK(std::vector<std::uint32_t>(second.begin(), second.begin() + 20) ==
        std::vector<std::uint32_t>{9, 9, 9, 255, 9, 9, 9, 255, 9, 9, 9, 255, 9, 9, 9, 255, 200, 10, 20, 255});
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(file, {.page = 3}); }) == ErrorCode::invalid_option);
}

TEST_CASE("frames of an animation in front of a cut are read, and shown where the one that is asked for is lost") {
  const Bytes below = write_webp_fixture(flat(64, 48, {200, 10, 20, 255}), true);
  vqi::Image noise(64, 48, 4, 8);
  std::uint32_t state = 1;
  for (std::byte& sample : noise.samples())
    sample = static_cast<std::byte>((state = state * 1664525 + 1013904223) >> 24);
  const Bytes above = write_webp_fixture(noise, true);
  const Bytes file = vqi::testing::animated_webp(64, 48, {below, above});
  const std::vector<std::uint32_t> first = samples_of(vqi::read_image(file).image);
  const std::size_t first_end = file.size() - (above.size() - 12) - 8 - 16;
  std::size_t salvaged_files = 0;
  for (std::size_t length = 12; length < file.size(); length += length < first_end + 50 ? 1 : 97) {
    INFO(length << " of " << file.size());
    const auto read = [&](std::uint32_t page, Damage damage) {
      return vqi::read_image(std::span(file).first(length), {.damage = damage, .page = page});
    };
    const auto code = [&](std::uint32_t page, Damage damage) {
      return vqi::testing::error_of([&] { return read(page, damage); });
    };
    CHECK(code(1, Damage::refuse_any) == ErrorCode::corrupt_image);
    CHECK(code(2, Damage::refuse_lost_pixels) == ErrorCode::corrupt_image);
    if (length < first_end) {
      CHECK(code(1, Damage::salvage) == ErrorCode::corrupt_image);
      continue;
    }
    const vqi::ReadImage kept = read(1, Damage::refuse_lost_pixels);
    CHECK((samples_of(kept.image) == first));
    REQUIRE_FALSE(kept.warnings.empty());
    CHECK_THAT(kept.warnings[0], Catch::Contains("which changed no pixel"));
    ++salvaged_files;
    const vqi::ReadImage salvaged = read(2, Damage::salvage);
    CHECK(salvaged.lost_pixels);
    CHECK((samples_of(salvaged.image) == first));
    CHECK_THAT(salvaged.warnings.at(0), Catch::Contains("frame 2 of its animation"));
  }
  CHECK(salvaged_files > 50);
}

TEST_CASE("a WebP cut off in its pixels is an error, and what is in front is salvaged") {
  for (const bool is_lossless : {false, true}) {
    const Bytes file = write_webp_fixture(gradient_image(64, 64, 3, 8), is_lossless);
    const vqi::Image whole = vqi::read_image(file).image;
    std::size_t complete = 0;
    for (std::size_t length = 12; length < file.size(); ++length) {
      std::vector<std::uint32_t> read;
      const auto code =
          vqi::testing::error_of([&] { read = samples_of(vqi::read_image(std::span(file).first(length)).image); });
      if (code) {
        CHECK(code == ErrorCode::corrupt_image);
      } else {
        CHECK((read == samples_of(whole)));
        ++complete;
      }
    }
    CHECK(complete <= 4);  // what ends a file of whole bytes and chunks
    // Many bytes for each row, so that a cut lies far behind the first.
    vqi::Image noise(128, 128, 3, 8);
    std::uint32_t state = 1;
    for (std::byte& sample : noise.samples())
      sample = static_cast<std::byte>((state = state * 1664525 + 1013904223) >> 24);
    const Bytes long_file = write_webp_fixture(noise, is_lossless);
    const vqi::Image decoded = vqi::read_image(long_file).image;
    const vqi::ReadImage salvaged =
        vqi::read_image(std::span(long_file).first(long_file.size() * 9 / 10), {.damage = Damage::salvage});
    CHECK(salvaged.lost_pixels);
    CHECK_THAT(salvaged.warnings[0], Catch::Contains("from stored row "));
    CHECK(std::equal(decoded.row(0), decoded.row(8), salvaged.image.row(0)));
  }
}

TEST_CASE("bytes after a WebP's end, and metadata that is cut off, change no pixel") {
  const Bytes simple = write_webp_fixture(gradient_image(37, 21, 3, 8), true);
  Bytes longer = simple;
  vqi::testing::append(longer, "behind");
  Bytes cut = vqi::testing::extended_webp(simple, 0x08, 37, 21, "EXIF", Bytes(40));
  cut.erase(cut.end() - 20, cut.end());
  for (const Bytes& file : {longer, cut}) {
    const vqi::ReadImage read = vqi::read_image(file);
    CHECK(read.warnings.size() == 1);
    CHECK((samples_of(read.image) == samples_of(vqi::read_image(simple).image)));
    CHECK(vqi::testing::error_of([&] { return vqi::read_image(file, {.damage = Damage::refuse_any}); }) ==
          ErrorCode::corrupt_image);
  }
}

TEST_CASE("limits and the callback hold for a WebP") {
  const Bytes file = write_webp_fixture(gradient_image(16, 12, 3, 8), true);
  vqi::RunOptions run;
  run.max_memory_bytes = 16 * 12 * 7;
  CHECK_FALSE(vqi::testing::error_of([&] { return vqi::read_image(file, {}, run); }));
  --run.max_memory_bytes;
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(file, {}, run); }) == ErrorCode::limit_exceeded);
  run = {};
  run.progress = [](const vqi::Progress&) { return false; };
  CHECK(vqi::testing::error_of([&] { return vqi::read_image(file, {}, run); }) == ErrorCode::cancelled);
}
