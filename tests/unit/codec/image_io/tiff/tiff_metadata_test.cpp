// Resolution and ICC profile of TIFF files, there and back, and what else is told of.
#include "tiff_metadata.hpp"

#include <catch2/catch.hpp>

#include "byte_tools.hpp"
#include "image_tools.hpp"
#include "tiff_builder.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::testing::TiffBuilder;

TiffBuilder pixel(std::uint32_t channels) { return TiffBuilder(1, 1, channels, 8, {5, 6, 7, 8}); }

std::optional<vqi::PixelDensity> density_of(std::uint32_t numerator, std::uint32_t denominator, std::uint32_t unit) {
  const auto file = pixel(1)
                        .set_rational(282, numerator, denominator)
                        .set_rational(283, 2 * numerator, denominator)
                        .set_short(296, {unit})
                        .build();
  return vqi::read_image(file).image.metadata().density;
}

}  // namespace

TEST_CASE("a resolution becomes samples per metre") {
  CHECK(density_of(300, 1, 2) == vqi::PixelDensity{11811, 23622, 1});
  CHECK(density_of(7200, 100, 2) == vqi::PixelDensity{2835, 5669, 1});
  CHECK(density_of(50, 1, 3) == vqi::PixelDensity{5000, 10000, 1});
  CHECK(density_of(3, 1, 1) == vqi::PixelDensity{3, 6, 0});  // an aspect ratio
  CHECK_FALSE(density_of(0, 1, 2));
  CHECK_FALSE(density_of(0xFFFFFFFF, 1, 2));
}

TEST_CASE("a resolution and a profile are written and read again unchanged") {
  vqi::Image image = vqi::testing::gradient_image(5, 4, 3, 8);
  image.metadata().icc_profile = vqi::IccProfile{"ICC profile", vqi::testing::icc_profile("RGB ")};
  for (const vqi::PixelDensity density :
       {vqi::PixelDensity{11811, 11811, 1}, {2835, 5669, 1}, {12345, 777, 1}, {3, 4, 0}}) {
    image.metadata().density = density;
    const vqi::ReadImage read = vqi::read_image(vqi::write_image_bytes(image, ".tif"));
    CHECK(read.image.metadata() == image.metadata());
    CHECK(read.warnings.empty());
  }
}

TEST_CASE("a profile is kept where it fits the image, else warned of") {
  const auto with_profile = [](TiffBuilder builder, std::string_view space) {
    return vqi::read_image(builder.set_bytes(34675, vqi::testing::icc_profile(space)).build());
  };
  CHECK(with_profile(pixel(3), "RGB ").image.metadata().icc_profile);
  CHECK(with_profile(pixel(1), "GRAY").image.metadata().icc_profile);
  for (const vqi::ReadImage& read :
       {with_profile(pixel(3), "GRAY"), with_profile(pixel(1), "RGB "),
        with_profile(pixel(4).set_short(262, {5}), "CMYK"), with_profile(pixel(4).set_short(262, {5}), "RGB ")}) {
    CHECK_FALSE(read.image.metadata().icc_profile);
    CHECK(read.dropped == std::vector<std::string>{"ICC profile"});
    REQUIRE(read.warnings.size() == 1);
    CHECK_THAT(read.warnings[0], Catch::Contains("profile is left out"));
  }
}

TEST_CASE("metadata that an image has no place for is told of") {
  CHECK(vqi::read_image(pixel(1).build()).dropped.empty());
  const auto read = vqi::read_image(
      pixel(1).set_long(34665, 8).set_bytes(700, vqi::testing::bytes_of("<x/>")).set_byte(33723, {1}).build());
  CHECK(read.dropped == std::vector<std::string>{"EXIF", "XMP", "IPTC"});
}
