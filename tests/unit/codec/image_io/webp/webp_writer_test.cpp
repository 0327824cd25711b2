// write_webp: every sample comes back, colours under transparent pixels and profiles too.
#include "webp_writer.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "vqi/image_io.hpp"

using vqi::testing::samples_of;

TEST_CASE("a written WebP holds every sample, hidden colours included") {
  for (const std::uint32_t channels : {3U, 4U}) {
    vqi::Image image = vqi::testing::gradient_image(33, 21, channels, 8);
    for (std::size_t i = 3; channels == 4 && i < image.size_bytes(); i += 8) image.samples()[i] = std::byte{0};
    const vqi::ReadImage read = vqi::read_image(vqi::write_image_bytes(image, ".webp"));
    CHECK(read.image.channels() == channels);
    CHECK((samples_of(read.image) == samples_of(image)));
  }
  vqi::Image grey = vqi::testing::gradient_image(5, 4, 1, 8);
  const std::vector<std::uint32_t> read = samples_of(vqi::read_image(vqi::write_image_bytes(grey, ".webp")).image);
  for (std::size_t i = 0; i < read.size(); ++i) CHECK(read[i] == samples_of(grey)[i / 3]);
}

TEST_CASE("a WebP keeps a profile for colours, of odd and even length") {
  for (const std::uint32_t channels : {3U, 4U})
    for (const std::size_t size : {200U, 201U}) {
      vqi::Image image = vqi::testing::gradient_image(9, 7, channels, 8);
      image.metadata().icc_profile = vqi::IccProfile{"x", vqi::testing::icc_profile("RGB ", size)};
      const vqi::ReadImage read = vqi::read_image(vqi::write_image_bytes(image, ".webp"));
      CHECK(read.warnings.empty());
      REQUIRE(read.image.metadata().icc_profile);
      CHECK((read.image.metadata().icc_profile->bytes == image.metadata().icc_profile->bytes));
      CHECK((samples_of(read.image) == samples_of(image)));
    }
}

TEST_CASE("a WebP's profile counts for the limit of memory, once") {
  vqi::Image image = vqi::testing::gradient_image(9, 7, 3, 8);
  const std::size_t plain_bytes = vqi::write_image_bytes(image, ".webp").size();
  image.metadata().icc_profile = vqi::IccProfile{"x", vqi::testing::icc_profile("RGB ", 100001)};
  const std::size_t file_bytes = vqi::write_image_bytes(image, ".webp").size();
  CHECK(file_bytes == plain_bytes + 18 + 8 + 100002);
  vqi::RunOptions run;
  for (const std::size_t lacking : {std::size_t{0}, std::size_t{1}, plain_bytes, file_bytes - 1000}) {
    run.max_memory_bytes = file_bytes - lacking;
    const auto error = vqi::testing::error_of([&] { return vqi::write_image_bytes(image, ".webp", run); });
    CHECK(error == (lacking == 0 ? std::nullopt : std::optional(vqi::ErrorCode::limit_exceeded)));
  }
}

TEST_CASE("writing a WebP obeys limits and the callback") {
  const vqi::Image image = vqi::testing::gradient_image(64, 64, 3, 8);
  vqi::RunOptions run;
  run.max_memory_bytes = 64 * 64 * 4 - 1;
  CHECK(vqi::testing::error_of([&] { return vqi::write_image_bytes(image, ".webp", run); }) ==
        vqi::ErrorCode::limit_exceeded);
  run = {};
  run.progress = [](const vqi::Progress&) { return false; };
  CHECK(vqi::testing::error_of([&] { return vqi::write_image_bytes(image, ".webp", run); }) ==
        vqi::ErrorCode::cancelled);
  CHECK_THAT(vqi::testing::message_of([] { return vqi::write_image_bytes(vqi::Image(16384, 1, 3, 8), ".webp"); }),
             Catch::Contains("16383"));
}
