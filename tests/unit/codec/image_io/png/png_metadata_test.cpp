// Colour chunks of PNG: exact both ways, and what is dropped.
#include "png_metadata.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "png_fixture.hpp"
#include "vqi/image_io.hpp"

namespace {

using vqi::testing::Bytes;

Bytes grey_png() {
  return vqi::testing::write_fixture(vqi::testing::make_png_fixture(PNG_COLOR_TYPE_GRAY, 8, false, false, 3, 2));
}
Bytes rgb_png() {
  return vqi::testing::write_fixture(vqi::testing::make_png_fixture(PNG_COLOR_TYPE_RGB, 8, false, false, 3, 2));
}
Bytes with_chunk(const Bytes& png, std::string_view type, const Bytes& data) {
  return vqi::testing::with_png_chunk(png, vqi::testing::png_chunk(type, data));
}
Bytes profile_chunk_data(std::string_view name, const Bytes& profile) {
  Bytes data = vqi::testing::bytes_of(name);
  data.resize(data.size() + 2);
  uLongf size = compressBound(profile.size());
  Bytes compressed(size);
  compress(reinterpret_cast<Bytef*>(compressed.data()), &size, reinterpret_cast<const Bytef*>(profile.data()),
           profile.size());
  vqi::testing::append(data, std::span(compressed).first(size));
  return data;
}

vqi::ColourMetadata full_metadata() {
  vqi::ColourMetadata metadata;
  metadata.gamma = 45454;
  metadata.chromaticities = {31269, 32899, 63999, 33001, 30000, 60000, 15000, 5999};
  metadata.srgb_intent = std::uint8_t{2};
  metadata.icc_profile = vqi::IccProfile{"display \xE9t\xE9", vqi::testing::icc_profile("RGB ", 3144)};
  metadata.cicp = {9, 16, 0, 1};
  metadata.density = vqi::PixelDensity{2834, 2836, 1};
  return metadata;
}

vqi::ReadImage write_and_read(const vqi::ColourMetadata& metadata, std::uint32_t channels) {
  vqi::Image image(2, 2, channels, 8);
  std::fill(image.samples().begin(), image.samples().end(), std::byte{7});
  image.metadata() = metadata;
  return vqi::read_image(vqi::write_image_bytes(image, ".png"));
}

}  // namespace

TEST_CASE("metadata comes back from a written PNG value for value, together and one by one") {
  const vqi::ColourMetadata full = full_metadata();
  CHECK(write_and_read(full, 3).image.metadata() == full);
  CHECK(write_and_read(full, 3).warnings.empty());
  for (int kept = 0; kept < 6; ++kept) {
    vqi::ColourMetadata one;
    if (kept == 0) one.gamma = full.gamma;
    if (kept == 1) one.chromaticities = full.chromaticities;
    if (kept == 2) one.srgb_intent = full.srgb_intent;
    if (kept == 3) one.icc_profile = full.icc_profile;
    if (kept == 4) one.density = full.density;
    if (kept == 5) one.cicp = full.cicp;
    INFO("only item " << kept);
    CHECK(write_and_read(one, 4).image.metadata() == one);
  }
  CHECK(write_and_read({}, 1).image.metadata().empty());
}

TEST_CASE("values that libpng would find implausible are kept as they are") {
  vqi::ColourMetadata odd;
  odd.gamma = 1;
  odd.chromaticities = {0, 0, 1, 1, 2, 2, 2147483647, 99};
  odd.density = vqi::PixelDensity{0, 2147483647, 0};
  CHECK(write_and_read(odd, 3).image.metadata() == odd);
}

TEST_CASE("an sRGB chunk alone brings neither gamma nor chromaticities") {
  const vqi::ReadImage read = vqi::read_image(with_chunk(rgb_png(), "sRGB", {std::byte{1}}));
  vqi::ColourMetadata expected;
  expected.srgb_intent = std::uint8_t{1};
  CHECK(read.image.metadata() == expected);
}

TEST_CASE("a grey image keeps a grey profile, and a profile for colours is left out of it") {
  vqi::ColourMetadata metadata;
  metadata.icc_profile = vqi::IccProfile{"grey", vqi::testing::icc_profile("GRAY")};
  CHECK(write_and_read(metadata, 1).image.metadata() == metadata);
  CHECK(write_and_read(metadata, 3).image.metadata().empty());
}

TEST_CASE("a broken chunk is dropped with one line and the image is read") {
  const Bytes good = vqi::testing::icc_profile("RGB ");
  Bytes wrong_size = good;
  wrong_size[3] = std::byte{1};
  Bytes wrong_signature = good;
  wrong_signature[36] = std::byte{'x'};
  Bytes cut = profile_chunk_data("p", good);
  cut.resize(cut.size() - 5);
  Bytes unknown_method = profile_chunk_data("p", good);
  unknown_method[2] = std::byte{1};
  const std::vector<std::pair<std::string_view, Bytes>> broken{
      {"iCCP", profile_chunk_data("p", wrong_size)},
      {"iCCP", profile_chunk_data("p", wrong_signature)},
      {"iCCP", profile_chunk_data("p", vqi::testing::icc_profile("GRAY"))},
      {"iCCP", profile_chunk_data("p", Bytes(100))},
      {"iCCP", profile_chunk_data("", good)},
      {"iCCP", profile_chunk_data(std::string(80, 'n'), good)},
      {"iCCP", profile_chunk_data("a\nb", good)},
      {"iCCP", cut},
      {"iCCP", unknown_method},
      {"iCCP", {}},
      {"gAMA", Bytes(3)},
      {"gAMA", Bytes(4, std::byte{0xFF})},
      {"cHRM", Bytes(31)},
      {"cHRM", Bytes(32, std::byte{0x80})},
      {"sRGB", {std::byte{4}}},
      {"pHYs", Bytes(8)},
      {"pHYs", Bytes(9, std::byte{2})},
  };
  for (std::size_t i = 0; i < broken.size(); ++i) {
    INFO("case " << i << ", " << broken[i].first);
    const vqi::ReadImage read = vqi::read_image(with_chunk(rgb_png(), broken[i].first, broken[i].second));
    CHECK(read.image.metadata().empty());
    REQUIRE(read.warnings.size() == 1);
    CHECK(read.warnings[0].find('\n') == std::string::npos);
  }
  CHECK(vqi::read_image(with_chunk(rgb_png(), "iCCP", profile_chunk_data("p", good))).warnings.empty());
  const vqi::ReadImage unfit = vqi::read_image(with_chunk(grey_png(), "iCCP", profile_chunk_data("p", good)));
  CHECK(unfit.warnings.size() == 1);
  CHECK(unfit.dropped == std::vector<std::string>{"ICC profile"});
}

TEST_CASE("a profile that would decompress to more than the limit is dropped") {
  std::vector<std::string> warnings;
  const Bytes png = with_chunk(rgb_png(), "iCCP", profile_chunk_data("big", vqi::testing::icc_profile("RGB ", 100000)));
  CHECK(vqi::detail::read_png_metadata(vqi::detail::find_png_chunks(png), true, 100000, warnings)
            .icc_profile.has_value());
  CHECK(warnings.empty());
  CHECK_FALSE(
      vqi::detail::read_png_metadata(vqi::detail::find_png_chunks(png), true, 99999, warnings).icc_profile.has_value());
  CHECK(warnings.size() == 1);
}

TEST_CASE("the first of two chunks of a kind counts") {
  Bytes png = with_chunk(rgb_png(), "sRGB", {std::byte{3}});
  png = with_chunk(png, "sRGB", {std::byte{0}});  // put in front of the other
  CHECK(vqi::read_image(png).image.metadata().srgb_intent == 0);
}

TEST_CASE("a profile whose name PNG cannot hold is refused on writing") {
  vqi::ColourMetadata metadata;
  metadata.icc_profile = vqi::IccProfile{"", vqi::testing::icc_profile("RGB ")};
  CHECK(vqi::testing::error_of([&] { return vqi::detail::png_metadata_chunks(metadata, true); }) ==
        vqi::ErrorCode::invalid_image);
}

TEST_CASE("an animated PNG gives its first image and a warning") {
  CHECK(vqi::read_image(with_chunk(rgb_png(), "acTL", Bytes(8))).warnings.size() == 1);
}

TEST_CASE("of many chunks of a kind only the first is read, even if it is broken") {
  Bytes png = grey_png();
  for (int i = 0; i < 50; ++i) {
    png = with_chunk(png, "iCCP", vqi::testing::bytes_of("name"));
    png = with_chunk(png, "gAMA", vqi::testing::bytes_of("xyz"));
  }
  CHECK(vqi::read_image(png).warnings.size() == 2);
}

TEST_CASE("a profile that inflates to more than any profile has is left out") {
  Bytes profile = vqi::testing::icc_profile("GRAY", std::size_t{17} << 20);
  const vqi::ReadImage read = vqi::read_image(with_chunk(grey_png(), "iCCP", profile_chunk_data("bomb", profile)));
  CHECK_FALSE(read.image.metadata().icc_profile);
  CHECK(read.warnings.size() == 1);
}
