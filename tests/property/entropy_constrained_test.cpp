// ECVQ from image to stream and back: on every kind of image, and beside k-means with the same K.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <filesystem>
#include <limits>
#include <utility>
#include <vector>

#include "real_images.hpp"
#include "test_images.hpp"
#include "vqi/image_io.hpp"
#include "vqi/vqi.hpp"

using vqi::Encoded;
using vqi::EncodeOptions;
using vqi::test::Content;
using vqi::test::make_image;

TEST_CASE("ECVQ round-trips every type, depth and block with the distortion that it reports") {
  for (const std::uint32_t depth : {8U, 16U})
    for (std::uint32_t channels = 1; channels <= 4; ++channels)
      for (const Content content : {Content::noise, Content::smooth, Content::few_colours, Content::flat})
        for (const auto& [width, height] : {std::pair{1U, 1U}, {1U, 30U}, {41U, 33U}})
          for (const auto& [block_width, block_height] : {std::pair{1U, 1U}, {4U, 3U}})
            for (const std::uint32_t k : {1U, 2U, 50U}) {
              INFO("depth " << depth << " channels " << channels << " content " << static_cast<int>(content) << " size "
                            << width << "x" << height << " block " << block_width << " k " << k);
              const vqi::Image image = make_image(width, height, channels, depth, content);
              EncodeOptions options;
              options.method = vqi::Method::ecvq;
              options.k = k;
              options.block_width_px = block_width;
              options.block_height_px = block_height;
              const Encoded encoded = vqi::encode(image, options);
              const vqi::Image decoded = vqi::decode(encoded.bytes);
              REQUIRE(encoded.report.distortion.mse == Approx(vqi::measure_distortion(image, decoded).mse));
              REQUIRE(encoded.report.k <= k);
              REQUIRE(encoded.report.lambda.has_value());
              REQUIRE(encoded.report.coding == vqi::Coding::entropy);
              if (encoded.report.distinct_vectors <= k) REQUIRE(vqi::test::same_samples(image, decoded));
            }
}

TEST_CASE("ECVQ makes smaller files than k-means with the same K, and a lambda of 0 the same") {
  for (const auto& [channels, block] : {std::pair{3U, 1U}, {1U, 1U}, {4U, 1U}, {3U, 4U}}) {
    const vqi::Image image = vqi::test::make_blobs(240, 200, channels);
    EncodeOptions options;
    options.k = 32;
    options.coding = vqi::Coding::entropy;
    options.block_width_px = options.block_height_px = block;
    const Encoded nearest = vqi::encode(image, options);
    options.method = vqi::Method::ecvq;
    CHECK(vqi::encode(image, options).bytes.size() < nearest.bytes.size());
    options.lambda = 0;
    CHECK(vqi::encode(image, options).bytes == nearest.bytes);
  }
}

TEST_CASE("ECVQ keeps exactly what fits into K, however dear bits are") {
  const vqi::Image image = make_image(60, 50, 3, 8, Content::few_colours);
  EncodeOptions options;
  options.method = vqi::Method::ecvq;
  options.lambda = 1e6;
  const Encoded encoded = vqi::encode(image, options);
  REQUIRE(encoded.report.distinct_vectors <= vqi::k_of(options));
  CHECK(vqi::test::same_samples(image, vqi::decode(encoded.bytes)));
  CHECK(encoded.report.lambda == 0.0);
}

namespace {

/// True if all opaque pixels of `image` are opaque in `decoded`, and all transparent ones transparent; 8-bit RGBA.
bool keeps_opacity(const vqi::Image& image, const vqi::Image& decoded) {
  for (std::uint32_t y = 0; y < image.height_px(); ++y)
    for (std::uint32_t x = 0; x < image.width_px(); ++x) {
      const std::byte alpha = image.row(y)[4 * x + 3];
      const bool is_kept = alpha == decoded.row(y)[4 * x + 3];
      if (!is_kept && (alpha == std::byte{0} || alpha == std::byte{255})) return false;
    }
  return true;
}

/// Encodes with rising lambdas, and checks that bytes fall and the distortion rises but for one percent and a few bytes
/// of what an adaptive model spends on learning, from the file of k-means down to one colour. Each is compared with the
/// smallest file and the greatest distortion of all smaller lambdas.
void check_ladder(const vqi::Image& image, std::uint32_t k, const std::vector<double>& lambdas) {
  EncodeOptions options;
  options.k = k;
  options.coding = vqi::Coding::entropy;
  const Encoded nearest = vqi::encode(image, options);
  std::size_t fewest_bytes = nearest.bytes.size();
  double largest_mse = nearest.report.distortion.mse;
  Encoded last;
  options.method = vqi::Method::ecvq;
  for (const double lambda : lambdas) {
    options.lambda = lambda;
    Encoded now = vqi::encode(image, options);
    INFO("k " << k << ", lambda " << lambda);
    CHECK(static_cast<double>(now.bytes.size()) <= 1.01 * static_cast<double>(fewest_bytes) + 8);
    CHECK(now.report.distortion.mse >= 0.99 * largest_mse);
    fewest_bytes = std::min(fewest_bytes, now.bytes.size());
    largest_mse = std::max(largest_mse, now.report.distortion.mse);
    last = std::move(now);
  }
  if (image.channels() == 4) {
    // One codeword is left for opaque pixels, one for transparent ones, and at most one between them.
    CHECK(last.report.k >= 2);
    CHECK(last.report.k <= 3);
    CHECK(keeps_opacity(image, vqi::decode(last.bytes)));
  } else {
    CHECK(last.report.k == 1);
  }
  CHECK(last.bytes.size() < nearest.bytes.size());
}

}  // namespace

TEST_CASE("a larger lambda never makes ECVQ's file larger, down to one colour") {
  const std::vector<double> far_apart{1.0, 30.0, 300.0, 4000.0, 7000.0, 50000.0, 1e6, 1e10};
  for (const std::uint32_t k : {2U, 4U, 5U, 40U}) {
    check_ladder(vqi::test::make_blobs(160, 120, 3), k, far_apart);
    check_ladder(make_image(96, 80, 3, 8, Content::noise), k, far_apart);
    check_ladder(make_image(96, 80, 1, 8, Content::smooth), k, far_apart);
  }
}

TEST_CASE("lambdas near to each other give files in their order on photographs, screens and icons") {
  std::vector<double> lambdas;
  for (double lambda = 1; lambda < 300000; lambda *= 2) lambdas.push_back(lambda);
  lambdas.push_back(1e10);
  for (const char* const folder : {"kodak", "photo", "screen", "alpha"})
    for (const std::filesystem::path& path : vqi::test::images_of(folder, 1)) {
      INFO(path);
      const vqi::Image part = vqi::test::middle_of(vqi::read_image(path).image, 128, 112);
      for (const std::uint32_t k : {4U, 5U, 31U, 64U}) check_ladder(part, k, lambdas);
    }
}

TEST_CASE("ECVQ says where it kept nearest codewords") {
  const vqi::Image image = make_image(60, 50, 3, 8, Content::few_colours);
  EncodeOptions options;
  options.method = vqi::Method::ecvq;
  CHECK(vqi::encode(image, options).report.warnings.empty());
  options.lambda = 100;
  REQUIRE(vqi::encode(image, options).report.warnings.size() == 1);
  CHECK(vqi::encode(image, options).report.warnings[0].find("all distinct vectors fit into K") != std::string::npos);
}

TEST_CASE("ECVQ gives the same bytes on any number of threads") {
  const vqi::Image image = make_image(300, 200, 3, 8, Content::smooth);
  EncodeOptions options;
  options.method = vqi::Method::ecvq;
  options.k = 100;
  const Encoded expected = vqi::encode(image, options, {.threads = 1});
  for (const std::uint32_t threads : {2U, 8U}) {
    CHECK(vqi::encode(image, options, {.threads = threads}).bytes == expected.bytes);
  }
}

TEST_CASE("method, lambda and coding that do not go together are refused") {
  const vqi::Image image = make_image(8, 8, 3, 8, Content::noise);
  const auto refused = [&](const EncodeOptions& options) {
    try {
      static_cast<void>(vqi::encode(image, options));
    } catch (const vqi::Error& error) {
      return error.error_code() == vqi::ErrorCode::invalid_option;
    }
    return false;
  };
  EncodeOptions options;
  options.lambda = 3;
  CHECK(refused(options));
  options.method = vqi::Method::ecvq;
  CHECK_FALSE(refused(options));
  options.coding = vqi::Coding::packed;
  CHECK(refused(options));
  options.coding = vqi::Coding::automatic;
  for (const double lambda : {-1.0, 2e10, std::numeric_limits<double>::quiet_NaN()}) {
    options.lambda = lambda;
    CHECK(refused(options));
  }
}
