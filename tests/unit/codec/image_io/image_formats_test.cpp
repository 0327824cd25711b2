// All formats alike: what is written comes back, what cannot be held is told, and no bytes make a reader misbehave.
#include "image_formats.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string_view>
#include <thread>
#include <vector>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "stderr_capture.hpp"
#include "tiff_builder.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::ErrorCode;
using vqi::testing::Bytes;

Bytes write(const vqi::Image& image, std::string_view extension) { return vqi::write_image_bytes(image, extension); }

}  // namespace

TEST_CASE("lossless formats give back the samples that were written") {
  struct Case {
    std::string_view extension;
    std::vector<std::uint32_t> channels;
    std::vector<std::uint32_t> depths;
  };
  for (const Case& format : std::vector<Case>{{".tif", {1, 2, 3, 4}, {8, 16}},
                                              {".tiff", {1, 2, 3, 4}, {8, 16}},
                                              {".bmp", {1, 3}, {8}},
                                              {".ppm", {3}, {8, 16}},
                                              {".pgm", {1}, {8, 16}},
                                              {".pnm", {1, 3}, {8, 16}}})
    for (const std::uint32_t channels : format.channels)
      for (const std::uint32_t depth : format.depths) {
        const vqi::Image image = vqi::testing::gradient_image(33, 21, channels, depth);
        const vqi::ReadImage read = vqi::read_image(write(image, format.extension));
        INFO(format.extension << ", " << channels << " channels of " << depth << " bits");
        CHECK(read.image.channels() == channels);
        CHECK(read.image.bit_depth() == depth);
        CHECK((vqi::testing::samples_of(read.image) == vqi::testing::samples_of(image)));
        CHECK(read.warnings.empty());
      }
}

TEST_CASE("a format that cannot hold an image says what it cannot hold") {
  const auto message = [](std::uint32_t channels, std::uint32_t depth, std::string_view extension) {
    const vqi::Image image = vqi::testing::gradient_image(4, 4, channels, depth);
    CHECK(vqi::testing::error_of([&] { return vqi::write_image_bytes(image, extension); }) ==
          ErrorCode::invalid_option);
    return vqi::testing::message_of([&] { return vqi::write_image_bytes(image, extension); });
  };
  for (const std::string_view extension : {".jpg", ".bmp", ".ppm", ".pnm", ".pgm"})
    CHECK_THAT(message(4, 8, extension), Catch::Contains("alpha") && Catch::Contains(".png"));
  for (const std::string_view extension : {".jpg", ".webp", ".bmp"})
    CHECK_THAT(message(3, 16, extension), Catch::Contains("16 bits"));
  for (const std::string_view extension : {".jpg", ".webp", ".bmp", ".pnm"})
    CHECK_THAT(message(2, 8, extension), Catch::Contains("grey with alpha"));
  CHECK_THAT(message(3, 8, ".pgm"), Catch::Contains("colours"));
  CHECK_THAT(message(1, 8, ".ppm"), Catch::Contains("grey"));
  const vqi::Image wide(16384, 1, 3, 8);
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::write_image_bytes(wide, ".webp"); }), Catch::Contains("16383"));
}

TEST_CASE("limits apply to every format, and name themselves") {
  for (const std::string_view extension : {".png", ".jpg", ".tif", ".ppm", ".pam", ".bmp", ".webp"}) {
    INFO(extension);
    const Bytes file = write(vqi::testing::gradient_image(16, 12, 3, 8), extension);
    const auto message = [&](const vqi::DecodeLimits& limits, const vqi::RunOptions& run = {}) {
      return vqi::testing::message_of([&] { return vqi::read_image(file, {limits}, run); });
    };
    vqi::DecodeLimits limits;
    limits.max_pixels = 16 * 12;
    CHECK(message(limits).empty());
    limits.max_pixels = 16 * 12 - 1;
    CHECK_THAT(message(limits), Catch::Contains("16x12") && Catch::Contains("limit of 191 pixels"));
    limits = {};
    limits.max_side_px = 15;
    CHECK_THAT(message(limits), Catch::Contains("side over the limit of 15"));
    vqi::RunOptions run;
    run.max_memory_bytes = 16 * 12 * 3 - 1;
    CHECK_THAT(message({}, run), Catch::Contains("bytes of memory; the limit is 575"));
  }
}

TEST_CASE("nothing is printed for damaged files, and what libjpeg says becomes a warning") {
  std::vector<vqi::ReadImage> salvaged;
  const std::string printed = vqi::testing::stderr_of_process([&] {
    for (const std::string_view extension : {".jpg", ".tif", ".bmp", ".webp", ".ppm"}) {
      const Bytes whole = write(vqi::testing::gradient_image(40, 40, 3, 8), extension);
      for (std::size_t i = 20; i < whole.size(); i += 1 + whole.size() / 60) {
        Bytes damaged = whole;
        for (std::size_t j = i; j < std::min(i + 4, whole.size()); ++j) damaged[j] ^= std::byte{0x5A};
        static_cast<void>(vqi::testing::error_of([&] { return vqi::read_image(damaged); }));
        static_cast<void>(vqi::testing::error_of(
            [&] { salvaged.push_back(vqi::read_image(damaged, {.damage = vqi::Damage::salvage})); }));
      }
    }
  });
  CHECK(printed.empty());
  CHECK(std::any_of(salvaged.begin(), salvaged.end(), [](const vqi::ReadImage& read) {
    return read.format == "JPEG" && !read.warnings.empty() &&
           read.warnings[0].find("Corrupt JPEG data") != std::string::npos;
  }));
}

TEST_CASE("several threads read at once") {
  const vqi::Image image = vqi::testing::gradient_image(64, 48, 4, 16);
  const Bytes file = write(image, ".tiff");
  std::vector<std::vector<std::uint32_t>> results(6);
  std::vector<std::thread> threads;
  for (auto& result : results)
    threads.emplace_back([&] { result = vqi::testing::samples_of(vqi::read_image(file).image); });
  for (std::thread& thread : threads) thread.join();
  for (const auto& result : results) CHECK((result == vqi::testing::samples_of(image)));
}

TEST_CASE("whatever a byte of a file is changed to, reading gives an image of the declared size or an Error") {
  const vqi::Image image = vqi::testing::gradient_image(9, 7, 3, 8);
  std::vector<Bytes> files{vqi::testing::TiffBuilder(9, 7, 3, 8, vqi::testing::samples_of(image)).build()};
  for (const std::string_view extension : {".jpg", ".tif", ".webp", ".bmp", ".ppm"})
    files.push_back(vqi::write_image_bytes(image, extension));
  vqi::DecodeLimits limits;
  limits.max_pixels = 100000;
  std::size_t errors = 0;
  std::size_t images = 0;
  for (const Bytes& file : files)
    for (std::size_t i = 0; i < std::min<std::size_t>(file.size(), 250); ++i)
      for (const unsigned value : {0U, 1U, 0x80U, 0xFFU}) {
        Bytes changed = file;
        changed[i] = static_cast<std::byte>(value);
        try {
          const vqi::Image read = vqi::read_image(changed, {limits}).image;
          ++images;
          CHECK(std::uint64_t{read.width_px()} * read.height_px() <= limits.max_pixels);
        } catch (const vqi::Error& error) {
          ++errors;
          CHECK(std::string_view(error.what()).find('\n') == std::string_view::npos);
        }
      }
  CHECK(errors > 100);
  CHECK(images > 100);
}
