// read_jpeg_header: size, orientation, profile, and files that end early.
#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

#include "byte_tools.hpp"
#include "image_header.hpp"
#include "image_tools.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::ErrorCode;
using vqi::testing::Bytes;

Bytes jpeg_of(std::uint32_t channels, std::vector<int> parameters = {}) {
  vqi::Image image = vqi::testing::gradient_image(40, 24, channels, 8);
  const cv::Mat matrix(24, 40, CV_8UC(static_cast<int>(channels)), image.samples().data());
  std::vector<unsigned char> file;
  cv::imencode(".jpg", matrix, file, parameters);
  return vqi::testing::bytes_of({reinterpret_cast<const char*>(file.data()), file.size()});
}

Bytes exif_segment(const Bytes& block) {
  Bytes data = vqi::testing::bytes_of({"Exif\0\0", 6});
  vqi::testing::append(data, block);
  return data;
}

}  // namespace

TEST_CASE("a JPEG's header tells size, channels, orientation and profile") {
  const vqi::detail::ImageHeader grey = vqi::detail::read_jpeg_header(jpeg_of(1));
  CHECK(grey.width_px == 40);
  CHECK(grey.height_px == 24);
  CHECK(grey.channels == 1);
  CHECK(grey.orientation == 1);
  CHECK(grey.scratch_bytes == 0);
  CHECK(grey.warnings.empty());
  const Bytes colour = jpeg_of(3, {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
  CHECK(vqi::detail::read_jpeg_header(colour).channels == 3);
  CHECK(vqi::detail::read_jpeg_header(colour).scratch_bytes == 2 * 3 * 40 * 24);
  for (const bool is_big_endian : {false, true})
    for (std::uint32_t orientation = 1; orientation <= 8; ++orientation) {
      const Bytes exif = exif_segment(vqi::testing::exif_block(orientation, is_big_endian));
      CHECK(vqi::detail::read_jpeg_header(vqi::testing::with_jpeg_segment(colour, 0xE1, exif)).orientation ==
            orientation);
    }
  // The second part of a long profile adds no second line.
  Bytes file = colour;
  for (const std::uint64_t part : {2U, 1U}) {
    Bytes data = vqi::testing::bytes_of({"ICC_PROFILE\0", 12});
    vqi::testing::append_be(data, part, 1);
    vqi::testing::append_be(data, 2, 1);
    file = vqi::testing::with_jpeg_segment(file, 0xE2, data);
  }
  CHECK(vqi::detail::read_jpeg_header(file).warnings.size() == 1);
}

TEST_CASE("an EXIF block that is damaged or tells nonsense means upright") {
  for (const std::uint32_t orientation : {0U, 9U, 65535U}) {
    const Bytes exif = exif_segment(vqi::testing::exif_block(orientation));
    CHECK(vqi::detail::read_jpeg_header(vqi::testing::with_jpeg_segment(jpeg_of(3), 0xE1, exif)).orientation == 1);
  }
  const Bytes whole = exif_segment(vqi::testing::exif_block(6));
  for (std::size_t length = 0; length + 8 < whole.size(); ++length) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
    CHECK(vqi::detail::read_jpeg_header(vqi::testing::with_jpeg_segment(jpeg_of(3), 0xE1, cut)).orientation == 1);
  }
}

TEST_CASE("a JPEG cut off at any byte is an error") {
  for (const Bytes& jpeg :
       {jpeg_of(3), jpeg_of(1, {cv::IMWRITE_JPEG_PROGRESSIVE, 1}), jpeg_of(3, {cv::IMWRITE_JPEG_RST_INTERVAL, 2})}) {
    CHECK_FALSE(vqi::testing::error_of([&] { return vqi::read_image(jpeg); }));
    for (std::size_t length = 3; length < jpeg.size(); ++length) {
      INFO("cut to " << length << " of " << jpeg.size());
      CHECK(vqi::testing::error_of([&] { return vqi::read_image(std::span(jpeg).first(length)); }) ==
            ErrorCode::corrupt_image);
    }
  }
}

TEST_CASE("what follows the end marker does no harm") {
  Bytes jpeg = jpeg_of(3);
  vqi::testing::append(jpeg, "a second picture or so");
  CHECK(vqi::read_image(jpeg).warnings.empty());
}

TEST_CASE("a JPEG of very many scans is refused") {
  const auto with_scans = [](int scans) {
    Bytes jpeg = jpeg_of(1, {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
    jpeg.erase(jpeg.end() - 2, jpeg.end());  // the end marker
    for (int i = 0; i < scans; ++i)
      vqi::testing::append(jpeg, std::string_view("\xFF\xDA\0\x08\x01\x01\0\x3F\x3F\x10", 10));
    vqi::testing::append(jpeg, "\xFF\xD9");
    return jpeg;
  };
  CHECK_FALSE(vqi::testing::error_of([&] { return vqi::detail::read_jpeg_header(with_scans(50)); }));
  CHECK_THAT(vqi::testing::message_of([&] { return vqi::detail::read_jpeg_header(with_scans(150)); }),
             Catch::Contains("more than 100 scans"));
}
