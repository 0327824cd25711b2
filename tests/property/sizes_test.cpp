// Streams are as small as theory says: N log2(K) + K C bits and little more.
#include <catch2/catch.hpp>
#include <cmath>

#include "integer.hpp"
#include "test_images.hpp"
#include "vqi/vqi.hpp"

using vqi::test::Content;

namespace {

vqi::EncodeReport report_of(const vqi::Image& image, std::uint32_t k) {
  vqi::EncodeOptions options;
  options.k = k;
  options.coding = vqi::Coding::packed;
  options.effort = 1;
  return vqi::encode(image, options).report;
}

std::uint64_t index_and_codebook_bits(const vqi::EncodeReport& report) {
  return 8 * (report.bytes.index + report.bytes.codebook);
}

}  // namespace

TEST_CASE("240x180 pixels of 24 bits cost what the textbook says at K = 2, 3 and 10") {
  const vqi::Image image = vqi::test::make_image(240, 180, 3, 8, Content::smooth);
  CHECK(index_and_codebook_bits(report_of(image, 2)) == 43248);
  CHECK(index_and_codebook_bits(report_of(image, 3)) <= 86472);
  CHECK(index_and_codebook_bits(report_of(image, 10)) <= 173040);
}

TEST_CASE("65,536 grey pixels at K = 4 take 131,072 index bits, a fourth of the image") {
  const vqi::Image image = vqi::test::make_image(256, 256, 1, 8, Content::smooth);
  const vqi::EncodeReport report = report_of(image, 4);
  CHECK(8 * report.bytes.index == 131072);
  CHECK(report.raw_bytes == 4 * report.bytes.index);
}

TEST_CASE("indices take log2(K) bits at powers of two, and at most 0.5 % more elsewhere") {
  for (const auto& [width, height] : {std::pair{256U, 256U}, {1000U, 66U}, {100U, 1400U}}) {
    const vqi::Image image = vqi::test::make_image(width, height, 3, 8, Content::noise);
    for (const std::uint32_t k : {2U, 3U, 5U, 16U, 17U, 100U, 129U, 256U, 257U, 1000U}) {
      INFO(width << "x" << height << " k " << k);
      const vqi::EncodeReport report = report_of(image, k);
      const double ideal_bytes = static_cast<double>(width) * height * std::log2(k) / 8;
      const bool power_of_two = (k & (k - 1)) == 0;
      if (power_of_two)
        CHECK(static_cast<double>(report.bytes.index) == std::ceil(ideal_bytes));
      else
        CHECK(static_cast<double>(report.bytes.index) <= 1.005 * ideal_bytes);
      CHECK(report.bytes.codebook == 3 * k);
      const std::uint64_t strips = std::max<std::uint64_t>(1, height / vqi::detail::divide_up(65536U, width));
      CHECK(report.bytes.header <= 160 + 16 * strips);
      CHECK(report.bytes.metadata == 0);
    }
  }
}

TEST_CASE("colour metadata comes back unchanged") {
  vqi::Image image = vqi::test::make_image(9, 9, 3, 8, Content::noise);
  vqi::ColourMetadata& metadata = image.metadata();
  metadata.gamma = 45455;
  metadata.chromaticities = {31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000};
  metadata.srgb_intent = 2;
  metadata.icc_profile = vqi::IccProfile{"a profile", std::vector<std::byte>(3000, std::byte{5})};
  metadata.density = vqi::PixelDensity{2835, 2834, 1};
  const vqi::Encoded encoded = vqi::encode(image);
  CHECK(vqi::decode(encoded.bytes).metadata() == metadata);
  CHECK(encoded.report.bytes.metadata > 3000);
  metadata.icc_profile->name = std::string(80, 'x');
  CHECK_THROWS_AS(vqi::encode(image), vqi::Error);
}
