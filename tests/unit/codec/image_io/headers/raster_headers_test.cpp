// Sun raster and JPEG 2000 files: samples, ranges, damage.
#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>

#include "byte_tools.hpp"
#include "image_header.hpp"
#include "image_tools.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::ErrorCode;
using vqi::testing::Bytes;
using Samples = std::vector<std::uint32_t>;

Samples read_samples(const Bytes& file) { return vqi::testing::samples_of(vqi::read_image(file).image); }
auto error_of_reading(const Bytes& file) {
  return vqi::testing::error_of([&] { return vqi::read_image(file); });
}

Bytes jp2_of(std::uint32_t channels, std::uint32_t depth) {
  vqi::Image image = vqi::testing::gradient_image(80, 64, channels, depth);
  const cv::Mat matrix(64, 80, CV_MAKETYPE(depth == 16 ? CV_16U : CV_8U, static_cast<int>(channels)),
                       image.samples().data());
  std::vector<unsigned char> file;
  cv::imencode(".jp2", matrix, file);
  return vqi::testing::bytes_of({reinterpret_cast<const char*>(file.data()), file.size()});
}

}  // namespace

TEST_CASE("a plain Sun raster is read, and layouts that OpenCV misreads are refused") {
  const auto file = [](std::uint32_t bits, std::uint32_t kind, std::string_view pixels) {
    Bytes bytes = vqi::testing::bytes_of("\x59\xA6\x6A\x95");
    for (const std::uint32_t field : {2U, 1U, bits, 6U, kind, 0U, 0U}) vqi::testing::append_be(bytes, field, 4);
    vqi::testing::append(bytes, pixels);
    return bytes;
  };
  CHECK(read_samples(file(24, 1, "CBAFED")) == Samples{65, 66, 67, 68, 69, 70});
  CHECK(error_of_reading(file(1, 1, "A")) == ErrorCode::not_an_image);
  CHECK(error_of_reading(file(24, 3, "CBAFED")) == ErrorCode::not_an_image);
  CHECK(error_of_reading(file(24, 1, "CBA")) == ErrorCode::corrupt_image);
}

TEST_CASE("JPEG 2000 tells its size and depth and is read") {
  for (const std::uint32_t depth : {8U, 16U})
    for (const std::uint32_t channels : {1U, 3U}) {
      const vqi::ReadImage read = vqi::read_image(jp2_of(channels, depth));
      INFO(channels << " channels of " << depth << " bits");
      CHECK(read.format == "JPEG 2000");
      CHECK(read.image.width_px() == 80);
      CHECK(read.image.height_px() == 64);
      CHECK(read.image.channels() == channels);
      CHECK(read.image.bit_depth() == depth);
    }
  const Bytes whole = jp2_of(3, 8);
  for (std::size_t length = 12; length < whole.size(); length += 97) {
    INFO("cut to " << length << " of " << whole.size());
    CHECK(error_of_reading(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length))) ==
          ErrorCode::corrupt_image);
  }
}
