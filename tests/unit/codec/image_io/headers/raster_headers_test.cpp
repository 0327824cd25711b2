// Sun raster files: samples, layouts, damage.
#include <catch2/catch.hpp>

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
