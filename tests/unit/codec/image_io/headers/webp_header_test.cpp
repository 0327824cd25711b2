// read_webp_header: sizes of the three kinds, orientation, animation, early ends.
#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

#include "byte_tools.hpp"
#include "image_header.hpp"
#include "image_tools.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::ErrorCode;
using vqi::testing::Bytes;

Bytes webp_of(std::uint32_t width_px, std::uint32_t height_px, int quality) {
  vqi::Image image = vqi::testing::gradient_image(width_px, height_px, 3, 8);
  const cv::Mat matrix(static_cast<int>(height_px), static_cast<int>(width_px), CV_8UC3, image.samples().data());
  std::vector<unsigned char> file;
  cv::imencode(".webp", matrix, file, {cv::IMWRITE_WEBP_QUALITY, quality});
  return vqi::testing::bytes_of({reinterpret_cast<const char*>(file.data()), file.size()});
}

/// The same picture in the extended format, with a chunk after it.
Bytes extended(const Bytes& simple, std::uint8_t flags, std::uint32_t width_px, std::uint32_t height_px,
               std::string_view chunk_type, const Bytes& chunk) {
  Bytes body = vqi::testing::bytes_of("WEBPVP8X");
  vqi::testing::append_le(body, 10, 4);
  vqi::testing::append_le(body, flags, 4);
  vqi::testing::append_le(body, width_px - 1, 3);
  vqi::testing::append_le(body, height_px - 1, 3);
  vqi::testing::append(body, std::span(simple).subspan(12));
  vqi::testing::append(body, chunk_type);
  vqi::testing::append_le(body, chunk.size(), 4);
  vqi::testing::append(body, chunk);
  Bytes file = vqi::testing::bytes_of("RIFF");
  vqi::testing::append_le(file, body.size(), 4);
  vqi::testing::append(file, body);
  return file;
}

}  // namespace

TEST_CASE("lossy, lossless and extended WebP tell their size") {
  const Bytes lossy = webp_of(37, 21, 80);
  const Bytes lossless = webp_of(37, 21, 101);
  for (const Bytes& file : {lossy, lossless, extended(lossless, 0, 37, 21, "XMP ", {})}) {
    const vqi::detail::ImageHeader header = vqi::detail::read_webp_header(file);
    CHECK(header.width_px == 37);
    CHECK(header.height_px == 21);
    CHECK(vqi::read_image(file).image.width_px() == 37);
  }
}

TEST_CASE("a WebP's orientation is found, and its profile warned of") {
  const Bytes simple = webp_of(37, 21, 101);
  Bytes with_prefix = vqi::testing::bytes_of({"Exif\0\0", 6});
  vqi::testing::append(with_prefix, vqi::testing::exif_block(6));
  for (const Bytes& exif : {vqi::testing::exif_block(6), with_prefix}) {
    const vqi::ReadImage read = vqi::read_image(extended(simple, 0x08, 37, 21, "EXIF", exif));
    CHECK(read.image.width_px() == 21);
    CHECK(read.image.height_px() == 37);
    // Orientation 6: the stored left bottom corner comes to lie at the left top.
    const vqi::Image stored = vqi::read_image(simple).image;
    CHECK(std::equal(read.image.row(0), read.image.row(0) + 3, stored.row(20)));
  }
  CHECK(vqi::detail::read_webp_header(extended(simple, 0x20, 37, 21, "ICCP", {})).warnings.size() == 1);
}

TEST_CASE("a WebP cut off at any byte is an error, and so is an animation") {
  const Bytes file = webp_of(9, 9, 101);
  for (std::size_t length = 12; length < file.size(); ++length)
    CHECK(vqi::testing::error_of([&] { return vqi::read_image(std::span(file).first(length)); }) ==
          ErrorCode::corrupt_image);
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::read_image(extended(file, 0x02, 9, 9, "ANIM", {})); }),
             Catch::Contains("animation"));
}

TEST_CASE("a lossy WebP without width or height is damaged") {
  for (const std::size_t side : {26U, 28U}) {
    Bytes file = webp_of(37, 21, 80);
    file[side] = file[side + 1] = std::byte{0};
    CHECK_THAT(vqi::testing::message_of([&] { return vqi::detail::read_webp_header(file); }),
               Catch::Contains("width or height is 0"));
  }
}

TEST_CASE("a WebP of one pixel is read although it is shorter than what OpenCV wants to see") {
  vqi::Image pixel(1, 1, 3, 8);
  for (std::size_t i = 0; i < 3; ++i) pixel.samples()[i] = static_cast<std::byte>(10 * i);
  const Bytes file = vqi::write_image_bytes(pixel, ".webp");
  CHECK(vqi::testing::samples_of(vqi::read_image(file).image) == std::vector<std::uint32_t>{0, 10, 20});
}
