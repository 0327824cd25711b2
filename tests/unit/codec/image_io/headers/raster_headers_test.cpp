// BMP, PNM, PAM, Sun raster and JPEG 2000 files: samples, ranges, damage.
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
Samples read_samples(std::string_view text) { return read_samples(vqi::testing::bytes_of(text)); }
auto error_of_reading(const Bytes& file) {
  return vqi::testing::error_of([&] { return vqi::read_image(file); });
}
auto error_of_reading(std::string_view text) { return error_of_reading(vqi::testing::bytes_of(text)); }

Bytes bmp_32_bit(std::uint32_t header_bytes, std::uint32_t alpha_mask) {
  Bytes file = vqi::testing::bytes_of("BM");
  vqi::testing::append_le(file, 0, 8);
  vqi::testing::append_le(file, 14 + header_bytes, 4);
  vqi::testing::append_le(file, header_bytes, 4);
  vqi::testing::append_le(file, 2, 4);
  vqi::testing::append_le(file, 1, 4);
  vqi::testing::append_le(file, 1, 2);
  vqi::testing::append_le(file, 32, 2);
  vqi::testing::append_le(file, header_bytes > 40 ? 3 : 0, 4);  // bit fields, or plain
  vqi::testing::append_le(file, 0, 20);
  if (header_bytes > 40) {
    for (const std::uint32_t mask : {0xFF0000U, 0xFF00U, 0xFFU, alpha_mask}) vqi::testing::append_le(file, mask, 4);
    file.resize(14 + header_bytes);
  }
  for (const std::uint32_t value : {3U, 2U, 1U, 77U, 6U, 5U, 4U, 0U}) vqi::testing::append_le(file, value, 1);
  return file;
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

TEST_CASE("PNM of all six kinds comes out as Netpbm defines it") {
  CHECK(read_samples("P1\n# a comment\n3 2\n1 0 1\n0 1 0\n") == Samples{0, 255, 0, 255, 0, 255});
  CHECK(read_samples("P2 2 2 255 0 9 10 255\n") == Samples{0, 9, 10, 255});
  CHECK(read_samples("P3 1 1 255 1 2 3\n") == Samples{1, 2, 3});
  CHECK(read_samples("P4\n3 1\n\x50") == Samples{255, 0, 255});
  CHECK(read_samples("P5\n2 1\n255\nAB") == Samples{65, 66});
  CHECK(read_samples("P6\n1 1\n255\nABC") == Samples{65, 66, 67});
  CHECK(read_samples("P5\n2 1\n65535\nABCD") == Samples{0x4142, 0x4344});
}

TEST_CASE("PNM and PAM with another maximum value are stretched to the whole range") {
  CHECK(read_samples({"P5\n3 1\n15\n\x01\x07\x0F", 13}) == Samples{17, 119, 255});
  CHECK(read_samples("P2 3 1 15 1 7 15\n") == Samples{17, 119, 255});
  CHECK(read_samples({"P5\n2 1\n1023\n\x02\x00\x03\xFF", 16}) == Samples{32800, 65535});
  CHECK(read_samples({"P7\nWIDTH 1\nHEIGHT 1\nDEPTH 3\nMAXVAL 15\nTUPLTYPE RGB\nENDHDR\n\x01\x07\x0F", 61}) ==
        Samples{17, 119, 255});
}

TEST_CASE("PAM keeps its channels in order, alpha too") {
  CHECK(read_samples("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\nABC") == Samples{65, 66, 67});
  CHECK(read_samples("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\nABCD") ==
        Samples{65, 66, 67, 68});
  CHECK(read_samples("P7\nWIDTH 2\nHEIGHT 1\nDEPTH 1\nMAXVAL 65535\nTUPLTYPE GRAYSCALE\nENDHDR\nABCD") ==
        Samples{0x4142, 0x4344});
}

TEST_CASE("Netpbm files that end early or break the rules are errors") {
  const std::string_view whole = "P6\n2 2\n255\nABCDEFGHIJKL";
  CHECK_FALSE(error_of_reading(whole));
  for (std::size_t length = 3; length < whole.size(); ++length)
    CHECK(error_of_reading(whole.substr(0, length)) == ErrorCode::corrupt_image);
  CHECK(error_of_reading("P5\n0 1\n255\nA") == ErrorCode::corrupt_image);
  CHECK(error_of_reading("P5\n-1 1\n255\nA") == ErrorCode::corrupt_image);
  CHECK(error_of_reading("P5\n1 1\n65536\nAB") == ErrorCode::corrupt_image);
  CHECK(error_of_reading("P5\n99999999999999999999 1\n255\nA") == ErrorCode::corrupt_image);
  CHECK(error_of_reading("P5\n2000000 1\n255\nA") == ErrorCode::limit_exceeded);
  CHECK(error_of_reading("P7\nWIDTH 1\nENDHDR\n") == ErrorCode::corrupt_image);
  CHECK(error_of_reading("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\nMAXVAL 1\nENDHDR\nA") == ErrorCode::not_an_image);
}

TEST_CASE("the fourth byte of a BMP is alpha only with an alpha mask") {
  CHECK(read_samples(bmp_32_bit(40, 0)) == Samples{1, 2, 3, 4, 5, 6});
  CHECK(read_samples(bmp_32_bit(108, 0)) == Samples{1, 2, 3, 4, 5, 6});
  CHECK(read_samples(bmp_32_bit(108, 0xFF000000)) == Samples{1, 2, 3, 77, 4, 5, 6, 0});
}

TEST_CASE("a BMP cut off at any byte is an error") {
  const Bytes file = bmp_32_bit(108, 0xFF000000);
  for (std::size_t length = 18; length < file.size(); ++length)
    CHECK(error_of_reading(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(length))) ==
          ErrorCode::corrupt_image);
}

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
