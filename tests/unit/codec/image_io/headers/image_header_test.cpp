// read_image_header: formats are told by their first bytes, and no bytes make it misbehave.
#include "image_header.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "tiff_builder.hpp"
#include "vqi/image_io.hpp"

using vqi::testing::Bytes;

TEST_CASE("a Sun raster file is recognised by its first bytes and tells its size") {
  Bytes file;
  for (const std::uint32_t value : {0x59A66A95U, 2U, 1U, 24U, 6U, 1U, 0U, 0U}) vqi::testing::append_be(file, value, 4);
  vqi::testing::append(file, "abcdef");
  REQUIRE(vqi::detail::has_image_signature(file));
  const auto header = vqi::detail::read_image_header(file);
  CHECK(header.format == "Sun raster");
  CHECK(header.width_px == 2);
  CHECK(header.height_px == 1);
  const vqi::Image image = vqi::testing::gradient_image(37, 23, 3, 8);
  CHECK_FALSE(vqi::detail::has_image_signature(vqi::write_image_bytes(image, ".png")));
  CHECK_FALSE(vqi::detail::has_image_signature({}));
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
