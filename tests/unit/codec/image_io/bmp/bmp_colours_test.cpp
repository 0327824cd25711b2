// Colour metadata of BMP headers, kept where its meaning is sure and told of where it is not kept.
#include "bmp_colours.hpp"

#include <catch2/catch.hpp>

#include "bmp_builder.hpp"

namespace {

using vqi::testing::BmpBuilder;
using vqi::testing::Bytes;

BmpBuilder bmp_of(std::uint32_t info_bytes, std::uint32_t space) {
  BmpBuilder bmp{.info_bytes = info_bytes, .pixels = Bytes(4)};
  if (info_bytes >= 108) bmp.fields[56] = space;
  return bmp;
}
constexpr std::uint32_t embedded = 0x4D424544;

Bytes with_profile(const Bytes& profile, std::size_t length) {
  BmpBuilder bmp = bmp_of(124, embedded);
  bmp.fields[112] = 124 + 4;
  bmp.fields[116] = static_cast<std::uint32_t>(length);
  vqi::testing::append(bmp.pixels, profile);
  return bmp.build();
}

}  // namespace

TEST_CASE("the density of a BMP is kept if it has one") {
  BmpBuilder bmp = bmp_of(40, 0);
  CHECK(vqi::read_image(bmp.build()).image.metadata().empty());
  bmp.fields = {{24, 2835}, {28, 5906}};
  CHECK(vqi::read_image(bmp.build()).image.metadata().density == vqi::PixelDensity{2835, 5906, 1});
  bmp.fields = {{24, 0x80000000}, {28, 5906}};
  CHECK(vqi::read_image(bmp.build()).image.metadata().empty());
}

TEST_CASE("sRGB is kept with the rendering intent, and one gamma for all colours") {
  BmpBuilder bmp = bmp_of(124, 0x73524742);
  for (const auto& [intent, expected] : std::map<std::uint32_t, std::uint8_t>{{4, 0}, {2, 1}, {1, 2}, {8, 3}, {0, 0}}) {
    bmp.fields[108] = intent;
    CHECK(vqi::read_image(bmp.build()).image.metadata().srgb_intent == expected);
  }
  bmp = bmp_of(108, 0);
  CHECK(vqi::read_image(bmp.build()).image.metadata().empty());
  bmp.fields[60] = 0x28F5C28F;                                                // a red endpoint, whose white is not told
  for (const std::uint32_t at : {96U, 100U, 104U}) bmp.fields[at] = 0x23333;  // 2.2
  vqi::ReadImage read = vqi::read_image(bmp.build());
  CHECK(read.image.metadata().gamma == 45455U);
  CHECK(read.dropped == std::vector<std::string>{"colour endpoints"});
  bmp.fields[104] = 0x20000;
  CHECK_FALSE(vqi::read_image(bmp.build()).image.metadata().gamma);
}

TEST_CASE("an RGB profile in the file is kept, others are told of") {
  const Bytes profile = vqi::testing::icc_profile("RGB ");
  vqi::ReadImage read = vqi::read_image(with_profile(profile, profile.size()));
  REQUIRE(read.image.metadata().icc_profile);
  CHECK(read.image.metadata().icc_profile->bytes == profile);
  CHECK(read.warnings.empty());
  for (const Bytes& file : {with_profile(profile, profile.size() - 1), with_profile(profile, profile.size() + 1),
                            with_profile(profile, 100), with_profile(vqi::testing::icc_profile("GRAY"), 200)}) {
    read = vqi::read_image(file);
    CHECK_FALSE(read.image.metadata().icc_profile);
    CHECK(read.dropped == std::vector<std::string>{"ICC profile"});
    CHECK_THAT(read.warnings.at(0), Catch::Contains("ICC profile is left out"));
  }
  read = vqi::read_image(bmp_of(124, 0x4C494E4B).build());
  CHECK_THAT(read.warnings.at(0), Catch::Contains("left out: it is in another file"));
}

TEST_CASE("a grey palette with an RGB profile stays RGB, so that the profile fits") {
  const Bytes profile = vqi::testing::icc_profile("RGB ");
  BmpBuilder bmp{.info_bytes = 124, .bits = 8, .colours_used = 1};
  bmp.behind_header = vqi::testing::words_of({0x555555});
  bmp.pixels = Bytes(4);
  bmp.fields = {{56, embedded}, {112, 124 + 4 + 4}, {116, static_cast<std::uint32_t>(profile.size())}};
  vqi::testing::append(bmp.pixels, profile);
  const vqi::ReadImage read = vqi::read_image(bmp.build());
  CHECK(read.image.channels() == 3);
  CHECK(read.image.metadata().icc_profile);
}
