// PngEncoder: files by rows beside those of whole images, and what takes the bytes and fails.
#include "png_encoder.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "streams/written_rows.hpp"
#include "test_images.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::test::written_by_rows;

/// 300x300 pixels of few colours, or grey levels, more than the size at which several forms are tried.
vqi::Image few_colours(std::uint32_t channels, std::uint32_t count) {
  vqi::Image image(300, 300, channels, 8);
  for (std::uint32_t y = 0; y < 300; ++y)
    for (std::uint32_t x = 0; x < 300; ++x)
      for (std::uint32_t k = 0; k < channels; ++k) {
        const std::uint32_t level = (x / 3 + y / 5) % count;
        image.row(y)[x * channels + k] =
            static_cast<std::byte>(k == 3 ? 255 - level % 2 * 9 : level * 255 / (count - 1));
      }
  return image;
}

}  // namespace

TEST_CASE("a PNG by rows has the bytes of one from memory where samples and grey levels are written") {
  for (const std::uint32_t channels : {1U, 2U, 3U, 4U})
    for (const std::uint32_t depth : {8U, 16U}) {
      vqi::Image image = vqi::testing::gradient_image(300, 301, channels, depth);
      image.metadata().gamma = 45455;
      INFO(channels << " channels of " << depth << " bits");
      CHECK(written_by_rows(image, ".png") == vqi::write_image_bytes(image, ".png"));
    }
  for (const std::uint32_t levels : {2U, 4U, 16U, 17U}) {
    const vqi::Image image = few_colours(1, levels);
    CHECK(written_by_rows(image, ".png") == vqi::write_image_bytes(image, ".png"));
  }
}

TEST_CASE("few colours are a palette by rows as well, of which the same pixels and channels come back") {
  for (const std::uint32_t channels : {3U, 4U})
    for (const std::uint32_t count : {2U, 4U, 16U, 200U}) {
      const vqi::Image image = few_colours(channels, count);
      const std::vector<std::byte> file = written_by_rows(image, ".png");
      const vqi::ReadImage read = vqi::read_image(file);
      INFO(channels << " channels, " << count << " colours");
      CHECK(read.is_palette);
      CHECK(vqi::test::same_samples(read.image, image));
      CHECK(read.sample_bits == vqi::read_image(vqi::write_image_bytes(image, ".png")).sample_bits);
      CHECK(read.warnings.empty());
    }
}

TEST_CASE("what takes the bytes may fail, and formats without rows are refused") {
  const vqi::Image image = few_colours(3, 200);
  const vqi::ByteSink full{[](std::uint64_t offset, std::span<const std::byte>) {
    if (offset > 100) throw std::runtime_error("the disk is full");
  }};
  for (const char* extension : {".png", ".tif", ".ppm"})
    CHECK_THROWS_WITH(vqi::write_image_rows(vqi::test::rows_of(image), full, extension), "the disk is full");
  vqi::test::GrownBytes file;
  const auto error_of = [&](const vqi::Image& of, const char* extension) {
    return vqi::testing::error_of([&] { vqi::write_image_rows(vqi::test::rows_of(of), file.sink(), extension); });
  };
  for (const char* extension : {".jpg", ".webp", ".bmp", ".txt"}) {
    CHECK_FALSE(vqi::can_write_image_rows(extension));
    CHECK(error_of(image, extension) == vqi::ErrorCode::invalid_option);
  }
  CHECK(vqi::can_write_image_rows(".TIFF"));
  CHECK(error_of(image, ".pgm") == vqi::ErrorCode::invalid_option);
  CHECK(error_of(few_colours(4, 9), ".ppm") == vqi::ErrorCode::invalid_option);
  CHECK(file.bytes.empty());
}
