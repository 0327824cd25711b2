// Round trips of random images: exact if K is large enough, otherwise with the distortion that the report says.
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <vector>

#include "test_images.hpp"
#include "vqi/vqi.hpp"

using vqi::test::Content;
using vqi::test::make_image;

namespace {

std::size_t distinct_pixels(const vqi::Image& image) {
  std::set<std::vector<std::uint32_t>> seen;
  for (std::uint32_t y = 0; y < image.height_px(); ++y)
    for (std::uint32_t x = 0; x < image.width_px(); ++x) {
      std::vector<std::uint32_t> pixel;
      for (std::uint32_t c = 0; c < image.channels(); ++c) pixel.push_back(vqi::test::sample_at(image, x, y, c));
      seen.insert(pixel);
    }
  return seen.size();
}

}  // namespace

TEST_CASE("every type, depth, block and K round-trips with the distortion that is reported") {
  for (const std::uint32_t depth : {8U, 16U})
    for (std::uint32_t channels = 1; channels <= 4; ++channels)
      for (const Content content : {Content::noise, Content::smooth, Content::few_colours, Content::flat})
        for (const auto& [width, height] : {std::pair{1U, 1U}, {5U, 3U}, {41U, 33U}})
          for (const auto& [block_width, block_height] : {std::pair{1U, 1U}, {2U, 2U}, {4U, 3U}})
            for (const std::uint32_t k : {1U, 2U, 3U, 16U, 100U, 256U, 4096U}) {
              INFO("depth " << depth << " channels " << channels << " content " << static_cast<int>(content) << " size "
                            << width << "x" << height << " block " << block_width << "x" << block_height << " k " << k);
              const vqi::Image image = make_image(width, height, channels, depth, content);
              vqi::EncodeOptions options;
              options.k = k;
              options.block_width_px = block_width;
              options.block_height_px = block_height;
              const vqi::Encoded encoded = vqi::encode(image, options);
              const vqi::Image decoded = vqi::decode(encoded.bytes);
              REQUIRE(decoded.width_px() == width);
              REQUIRE(decoded.height_px() == height);
              const vqi::test::PlainErrors errors = vqi::test::plain_errors(image, decoded);
              const vqi::Distortion& reported = encoded.report.distortion;
              REQUIRE(reported.mse == errors.mse());
              REQUIRE(reported.mse_straight ==
                      (channels % 2 == 0 ? std::optional(errors.mse_straight()) : std::nullopt));
              REQUIRE(reported.max_error == errors.max_error);
              REQUIRE(encoded.report.k == std::min<std::uint64_t>(k, encoded.report.distinct_vectors));
              if (k >= encoded.report.distinct_vectors) REQUIRE(vqi::test::same_samples(image, decoded));
              if (block_width == 1 && block_height == 1)
                REQUIRE(encoded.report.distinct_vectors == distinct_pixels(image));
              const vqi::StreamInfo info = vqi::inspect(encoded.bytes);
              REQUIRE(!info.damage);
              REQUIRE(info.mse == encoded.report.distortion.mse);
              REQUIRE(info.bytes.header + info.bytes.codebook + info.bytes.index + info.bytes.metadata ==
                      encoded.bytes.size());
              REQUIRE(info.bytes.index == encoded.report.bytes.index);
            }
}

TEST_CASE("the objective never rises from one of Lloyd's steps to the next") {
  for (std::uint32_t channels = 1; channels <= 4; ++channels)
    for (const std::uint32_t depth : {8U, 16U})
      for (const std::uint32_t k : {2U, 17U, 64U}) {
        const vqi::Image image = make_image(97, 61, channels, depth, Content::smooth);
        vqi::EncodeOptions options;
        options.k = k;
        const vqi::EncodeReport report = vqi::encode(image, options).report;
        double before = std::numeric_limits<double>::infinity();
        for (const vqi::IterationStats& step : report.history) {
          CHECK(step.distortion <= before);
          before = step.distortion;
        }
        CHECK(report.history.size() == report.iterations);
        if (channels != 1 || depth == 16) CHECK(report.iterations > 1);
      }
}

TEST_CASE("PSNR and SSIM of a soft-edged sprite rise with K, whatever its hidden colours") {
  const vqi::Image sprite = vqi::test::make_soft_sprite(96);
  for (const std::uint32_t block : {1U, 2U}) {
    std::optional<vqi::Distortion> before;
    for (const std::uint32_t k : {2U, 4U, 8U, 16U, 32U, 64U, 128U, 256U, 512U}) {
      CAPTURE(block, k);
      vqi::EncodeOptions options;
      options.k = k;
      options.block_width_px = options.block_height_px = block;
      const vqi::Distortion distortion = vqi::encode(sprite, options).report.distortion;
      if (before) CHECK(distortion.mse < before->mse);
      if (before) CHECK(*distortion.ssim > *before->ssim);
      before = distortion;
    }
  }
}

TEST_CASE("the same bytes come out at 1, 2 and 8 threads") {
  for (const auto& [channels, depth, block] :
       {std::tuple{3U, 8U, 1U}, {4U, 8U, 1U}, {1U, 16U, 1U}, {3U, 16U, 1U}, {3U, 8U, 4U}}) {
    const vqi::Image image = make_image(311, 307, channels, depth, Content::smooth);
    vqi::EncodeOptions options;
    options.k = 48;
    options.block_width_px = options.block_height_px = block;
    const std::vector<std::byte> one = vqi::encode(image, options, {.threads = 1}).bytes;
    for (const std::uint32_t threads : {2U, 8U}) {
      CHECK(vqi::encode(image, options, {.threads = threads}).bytes == one);
    }
  }
}

TEST_CASE("codewords are pairwise distinct and as many as asked for") {
  for (const Content content : {Content::noise, Content::smooth})
    for (const std::uint32_t k : {2U, 16U, 255U, 500U}) {
      const vqi::Image image = make_image(64, 64, 3, 8, content);
      vqi::EncodeOptions options;
      options.k = k;
      const vqi::IndexedImage indexed = vqi::decode_indexed(vqi::encode(image, options).bytes);
      REQUIRE(indexed.codebook.width_px() == k);
      CHECK(distinct_pixels(indexed.codebook) == k);
      std::set<std::uint16_t> used(indexed.indices.begin(), indexed.indices.end());
      CHECK(used.size() == k);
    }
}

TEST_CASE("transparent and opaque pixels stay exactly that, whatever is left for the colours") {
  for (const std::uint32_t channels : {2U, 4U})
    for (const std::uint32_t depth : {8U, 16U})
      for (const std::uint32_t k : {16U, 40U}) {
        vqi::Image image = make_image(80, 60, channels, depth, Content::noise);
        const std::uint32_t top = depth == 16 ? 65535 : 255;
        for (std::uint32_t y = 0; y < 60; ++y)
          for (std::uint32_t x = 0; x < 80; ++x) {
            const std::uint32_t alpha = x < 20 ? 0 : x < 40 ? top : x < 60 ? top - 1 : x * top / 80;
            const std::size_t at = std::size_t{x} * channels + channels - 1;
            if (depth == 16)
              image.row16(y)[at] = static_cast<std::uint16_t>(alpha);
            else
              image.row(y)[at] = static_cast<std::byte>(alpha);
          }
        vqi::EncodeOptions options;
        options.k = k;
        const vqi::Image decoded = vqi::decode(vqi::encode(image, options).bytes);
        std::size_t wrong = 0;
        for (std::uint32_t y = 0; y < 60; ++y)
          for (std::uint32_t x = 0; x < 40; ++x)
            if (vqi::test::sample_at(image, x, y, channels - 1) != vqi::test::sample_at(decoded, x, y, channels - 1))
              ++wrong;
        CHECK(wrong == 0);
      }
}

TEST_CASE("the colour under transparent pixels costs nothing") {
  // Half of the image is transparent noise; the other half has 16 colours, which must stay exact.
  vqi::Image image(64, 64, 4, 8);
  vqi::detail::Random random(3);
  for (std::uint32_t y = 0; y < 64; ++y)
    for (std::uint32_t x = 0; x < 64; ++x)
      for (std::uint32_t c = 0; c < 4; ++c) {
        const std::uint32_t opaque = c == 3 ? 255 : (x % 4 * 4 + y % 4) * 16 + c;
        const std::uint64_t hidden = c == 3 ? 0 : random.below(256);
        image.row(y)[x * 4 + c] = static_cast<std::byte>(x < 32 ? hidden : opaque);
      }
  vqi::EncodeOptions options;
  options.k = 17;
  const vqi::Image decoded = vqi::decode(vqi::encode(image, options).bytes);
  std::size_t wrong = 0;
  for (std::uint32_t y = 0; y < 64; ++y)
    for (std::uint32_t x = 0; x < 64; ++x)
      for (std::uint32_t c = 0; c < 4; ++c)
        if ((x >= 32 || c == 3) && vqi::test::sample_at(image, x, y, c) != vqi::test::sample_at(decoded, x, y, c))
          ++wrong;
  CHECK(wrong == 0);
}
