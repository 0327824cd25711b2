// BMP files that are written: the bytes of a small one, and what comes back.
#include "bmp_writer.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "vqi/image_io.hpp"

TEST_CASE("RGB is written with 24 bits and padded rows from the bottom") {
  vqi::Image image(1, 2, 3, 8);
  for (std::size_t i = 0; i < 6; ++i) image.samples()[i] = static_cast<std::byte>(i + 1);
  const vqi::testing::Bytes file = vqi::detail::write_bmp(image, ".bmp", {});
  vqi::testing::Bytes expected = vqi::testing::bytes_of("BM");
  for (const std::uint32_t field : {62U, 0U, 54U, 40U, 1U, 2U, 0x180001U, 0U, 8U, 0U, 0U, 0U, 0U, 0x040506U, 0x010203U})
    vqi::testing::append_le(expected, field, 4);
  CHECK(file == expected);
}

TEST_CASE("grey and RGB of any width come back as they were") {
  for (const std::uint32_t channels : {1U, 3U})
    for (const std::uint32_t width_px : {1U, 2U, 3U, 4U, 33U}) {
      const vqi::Image image = vqi::testing::gradient_image(width_px, 7, channels, 8);
      const vqi::ReadImage read = vqi::read_image(vqi::write_image_bytes(image, ".bmp"));
      CHECK(read.image.channels() == channels);
      CHECK(vqi::testing::samples_of(read.image) == vqi::testing::samples_of(image));
      CHECK(read.warnings.empty());
    }
}

TEST_CASE("the memory that a BMP takes is counted") {
  vqi::RunOptions run;
  run.max_memory_bytes = 61;
  CHECK(vqi::testing::error_of([&] { return vqi::detail::write_bmp(vqi::Image(1, 2, 3, 8), ".bmp", run); }) ==
        vqi::ErrorCode::limit_exceeded);
}
