// write_jpeg: colours near the image's, sharp chroma, metadata that comes back, limits.
#include "jpeg_writer.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::testing::Bytes;
using vqi::testing::samples_of;

/// Columns of red and blue, one pixel wide, which a JPEG of fewer colour samples would mix.
vqi::Image stripes() {
  vqi::Image image(32, 32, 3, 8);
  for (std::uint32_t y = 0; y < 32; ++y)
    for (std::uint32_t x = 0; x < 32; ++x)
      for (std::uint32_t channel = 0; channel < 3; ++channel)
        image.row(y)[3 * x + channel] =
            std::byte{channel == (x % 2 == 0 ? 0 : 2) ? std::uint8_t{220} : std::uint8_t{30}};
  return image;
}

}  // namespace

TEST_CASE("a written JPEG is near the image in every channel, thin colours too") {
  for (const vqi::Image& image : {stripes(), vqi::testing::gradient_image(40, 30, 1, 8)}) {
    const std::vector<std::uint32_t> read = samples_of(vqi::read_image(vqi::write_image_bytes(image, ".JPG")).image);
    const std::vector<std::uint32_t> expected = samples_of(image);
    REQUIRE(read.size() == expected.size());
    double sum = 0;
    for (std::size_t i = 0; i < read.size(); ++i) sum += std::pow(double(read[i]) - double(expected[i]), 2);
    CHECK(sum / static_cast<double>(read.size()) < 30);
  }
}

TEST_CASE("a written JPEG of one colour is near it in every sample, so that no channel is swapped") {
  vqi::Image image(16, 16, 3, 8);
  for (std::size_t i = 0; i < image.size_bytes(); ++i) image.samples()[i] = static_cast<std::byte>(60 * (i % 3) + 40);
  const std::vector<std::uint32_t> samples = samples_of(vqi::read_image(vqi::write_image_bytes(image, ".jpg")).image);
  for (std::size_t i = 0; i < samples.size(); ++i)
    CHECK(std::abs(static_cast<int>(samples[i]) - static_cast<int>(60 * (i % 3) + 40)) <= 3);
}

TEST_CASE("a density or profile that a JPEG cannot hold is left out, and told beforehand") {
  vqi::Image image = vqi::testing::gradient_image(8, 8, 3, 8);
  for (const vqi::PixelDensity density :
       {vqi::PixelDensity{11, 2835, 1}, {2835, 11, 1}, {2600000, 2835, 1}, {6553600, 100, 1}, {70000, 1, 0}}) {
    image.metadata().density = density;
    CHECK(vqi::write_losses(image.metadata(), 3, ".jpg") ==
          std::vector<std::string>{"the JPEG file does not keep the pixel density"});
    CHECK_FALSE(vqi::read_image(vqi::write_image_bytes(image, ".jpg")).image.metadata().density);
  }
  image.metadata().density = vqi::PixelDensity{6553500, 100, 1};
  CHECK(vqi::write_losses(image.metadata(), 3, ".jpeg").empty());
  CHECK(vqi::read_image(vqi::write_image_bytes(image, ".jpg")).image.metadata().density == image.metadata().density);
  image.metadata() = {};
  for (const std::size_t size : {std::size_t{255} * 65519, std::size_t{255} * 65519 + 1}) {
    image.metadata().icc_profile = vqi::IccProfile{"x", vqi::testing::icc_profile("RGB ", size)};
    const bool fits = size == 255 * 65519;
    CHECK(vqi::write_losses(image.metadata(), 3, ".jpg").empty() == fits);
    const vqi::ReadImage read = vqi::read_image(vqi::write_image_bytes(image, ".jpg"));
    CHECK(read.warnings.empty());
    CHECK(read.image.metadata().icc_profile.has_value() == fits);
  }
}

TEST_CASE("a JPEG keeps density and a profile that fits, in parts where it is long") {
  for (const std::uint32_t channels : {1U, 3U})
    for (const std::size_t size : {200U, 70000U, 200000U}) {
      vqi::Image image = vqi::testing::gradient_image(8, 8, channels, 8);
      image.metadata().density = vqi::PixelDensity{2835, 11811, 1};
      image.metadata().icc_profile =
          vqi::IccProfile{"x", vqi::testing::icc_profile(channels == 1 ? "GRAY" : "RGB ", size)};
      const vqi::Image read = vqi::read_image(vqi::write_image_bytes(image, ".jpg")).image;
      CHECK(read.metadata().density == image.metadata().density);
      REQUIRE(read.metadata().icc_profile);
      CHECK((read.metadata().icc_profile->bytes == image.metadata().icc_profile->bytes));
      image.metadata().icc_profile = vqi::IccProfile{"x", vqi::testing::icc_profile(channels == 1 ? "RGB " : "GRAY")};
      CHECK_FALSE(vqi::read_image(vqi::write_image_bytes(image, ".jpg")).image.metadata().icc_profile);
    }
  vqi::Image image = vqi::testing::gradient_image(8, 8, 3, 8);
  for (const vqi::PixelDensity density : {vqi::PixelDensity{11800, 5000, 1}, {4, 3, 0}}) {
    image.metadata().density = density;
    CHECK(vqi::read_image(vqi::write_image_bytes(image, ".jpg")).image.metadata().density == density);
  }
}

TEST_CASE("writing a JPEG obeys the limit of memory and the callback") {
  const vqi::Image image = vqi::testing::gradient_image(64, 64, 3, 8);
  vqi::RunOptions run;
  run.max_memory_bytes = 64 * 64 * 3 * 2 - 1;
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::write_image_bytes(image, ".jpg", run); }),
             Catch::Contains("bytes of memory"));
  run = {};
  run.progress = [](const vqi::Progress& told) { return told.stage != vqi::Stage::write; };
  CHECK(vqi::testing::error_of([&] { return vqi::write_image_bytes(image, ".jpg", run); }) ==
        vqi::ErrorCode::cancelled);
}
