// Given and fixed colours, weights and spaces in encodes: what holds of the result, and what is refused.
#include "colour_options.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <memory>

#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/codebook.hpp"
#include "vqi/codec.hpp"
#include "vqi/sweep.hpp"

using vqi::ErrorCode;
using vqi::test::Content;
using vqi::test::thrown_by;

namespace {

const vqi::Image& picture() {
  static const vqi::Image image = vqi::test::make_blobs(60, 40, 3);
  return image;
}

std::shared_ptr<const vqi::Codebook> colours(const std::vector<std::uint8_t>& samples) {
  auto codebook = std::make_shared<vqi::Codebook>(
      vqi::Codebook{1, 1, vqi::Image(static_cast<std::uint32_t>(samples.size() / 3), 1, 3, 8)});
  for (std::size_t i = 0; i < samples.size(); ++i) codebook->codewords.row(0)[i] = static_cast<std::byte>(samples[i]);
  return codebook;
}

std::optional<ErrorCode> code_of(const vqi::EncodeOptions& options) {
  return thrown_by([&] { static_cast<void>(vqi::encode(picture(), options)); }).code;
}

}  // namespace

TEST_CASE("a given codebook is stored as it is, without copies, and each pixel gets the nearest") {
  vqi::EncodeOptions options;
  options.codebook = colours({200, 0, 0, 10, 20, 30, 200, 0, 0, 90, 90, 90, 0, 0, 1});
  for (const vqi::Coding coding : {vqi::Coding::packed, vqi::Coding::entropy}) {
    options.coding = coding;
    const vqi::Encoded encoded = vqi::encode(picture(), options);
    CHECK(encoded.report.k == 4);
    CHECK_FALSE(encoded.report.k_requested);
    CHECK(encoded.report.algorithm == vqi::TrainingAlgorithm::given);
    const vqi::IndexedImage indexed = vqi::decode_indexed(encoded.bytes);
    CHECK(indexed.codebook.row(0)[6] == std::byte{90});
    for (std::size_t n = 0; n < indexed.indices.size(); ++n) {
      const auto distance = [&](std::uint32_t k) {
        int sum = 0;
        for (std::size_t c = 0; c < 3; ++c) {
          const int d = std::to_integer<int>(picture().samples()[3 * n + c]) -
                        std::to_integer<int>(indexed.codebook.row(0)[3 * k + c]);
          sum += d * d;
        }
        return sum;
      };
      for (std::uint32_t k = 0; k < 4; ++k) REQUIRE(distance(indexed.indices[n]) <= distance(k));
    }
  }
}

TEST_CASE("fixed colours stay at the front at every effort and K") {
  for (const std::uint32_t effort : {1U, 5U, 9U})
    for (const std::uint32_t k : {2U, 3U, 9U, 40U}) {
      vqi::EncodeOptions options;
      options.k = k;
      options.effort = effort;
      options.fixed = {{255, 0, 255, 255}, {1, 2, 3, 255}};
      const vqi::Encoded encoded = vqi::encode(picture(), options);
      CHECK(encoded.report.k == k);
      const vqi::IndexedImage indexed = vqi::decode_indexed(encoded.bytes);
      const int expected[] = {255, 0, 255, 1, 2, 3};
      for (std::size_t i = 0; i < 6; ++i) CHECK(indexed.codebook.row(0)[i] == static_cast<std::byte>(expected[i]));
    }
}

TEST_CASE("a mask that is as light everywhere is as good as none, at every K and block size") {
  for (const std::uint32_t k : {1U, 2U, 3U, 5U, 8U, 9U, 40U})
    for (const std::uint32_t block : {1U, 7U})
      for (const int light : {255, 3}) {
        INFO("K = " << k << ", blocks of " << block << ", light " << light);
        vqi::EncodeOptions options;
        options.k = k;
        options.block_width_px = block;
        const vqi::Encoded plain = vqi::encode(picture(), options);
        const auto mask = std::make_shared<vqi::Image>(60, 40, 1, 8);
        for (std::byte& sample : mask->samples()) sample = static_cast<std::byte>(light);
        options.weights = mask;
        CHECK((vqi::encode(picture(), options).bytes == plain.bytes));
      }
}

TEST_CASE("the search after rounding lowers the distortion beside fixed and weighted colours too") {
  auto mask = std::make_shared<vqi::Image>(60, 40, 1, 8);
  for (std::size_t i = 0; i < mask->samples().size(); ++i) mask->samples()[i] = static_cast<std::byte>(i % 200);
  for (const bool weighted : {false, true}) {
    vqi::EncodeOptions options;
    options.k = 12;
    options.fixed = {{255, 0, 255, 255}, {1, 2, 3, 255}};
    if (weighted) options.weights = mask;
    options.effort = 4;
    const vqi::Image quick = vqi::decode(vqi::encode(picture(), options).bytes);
    options.effort = 9;
    const vqi::Image thorough = vqi::decode(vqi::encode(picture(), options).bytes);
    const auto weighted_error = [&](const vqi::Image& image) {
      const vqi::Image original = picture();
      double error = 0;
      for (std::size_t i = 0; i < image.samples().size(); ++i) {
        const double difference =
            std::to_integer<int>(image.samples()[i]) - std::to_integer<int>(original.samples()[i]);
        error += difference * difference * (weighted ? std::to_integer<int>(mask->samples()[i / 3]) : 1);
      }
      return error;
    };
    CHECK(weighted_error(thorough) < weighted_error(quick));
  }
}

TEST_CASE("a dither mixes the colours of a given palette, and no others") {
  // The inks of an e-paper display, as one was measured.
  const auto inks =
      colours({25, 30, 33, 232, 232, 232, 33, 87, 186, 18, 95, 32, 178, 19, 24, 239, 222, 68, 193, 106, 30});
  vqi::EncodeOptions options;
  options.codebook = inks;
  const vqi::Encoded plain = vqi::encode(picture(), options);
  options.dither_strength = 0;
  options.dither = vqi::Dither::diffusion;
  const double without = *vqi::encode(picture(), options).report.distortion.mse_blurred;
  options.dither_strength.reset();
  for (const vqi::Dither dither : {vqi::Dither::diffusion, vqi::Dither::blue, vqi::Dither::bayer}) {
    options.dither = dither;
    const vqi::Encoded encoded = vqi::encode(picture(), options);
    const vqi::IndexedImage indexed = vqi::decode_indexed(encoded.bytes);
    REQUIRE(indexed.codebook.width_px() == 7);
    CHECK(std::equal(indexed.codebook.samples().begin(), indexed.codebook.samples().end(),
                     inks->codewords.samples().begin()));
    CHECK(encoded.report.distortion.mse > plain.report.distortion.mse);
    CHECK(*encoded.report.distortion.mse_blurred < without);
  }
}

TEST_CASE("learning around fixed colours is hardly worse than free, if they are worth their place") {
  vqi::EncodeOptions options;
  options.k = 16;
  const vqi::Encoded free = vqi::encode(picture(), options);
  const vqi::IndexedImage indexed = vqi::decode_indexed(free.bytes);
  for (std::size_t k = 0; k < 6; ++k) {
    vqi::Colour colour{0, 0, 0, 255};
    for (std::size_t c = 0; c < 3; ++c) colour[c] = std::to_integer<std::uint8_t>(indexed.codebook.row(0)[3 * k + c]);
    options.fixed.push_back(colour);
  }
  CHECK(vqi::encode(picture(), options).report.distortion.mse < 1.02 * free.report.distortion.mse);
}

TEST_CASE("a transparent fixed colour keeps its hidden samples, and opaque pixels stay opaque") {
  const vqi::Image sprite = vqi::test::make_soft_sprite(40);
  vqi::EncodeOptions options;
  options.k = 8;
  options.effort = GENERATE(1U, 5U, 7U, 9U);
  options.fixed = {{7, 8, 9, 0}, {10, 20, 30, 255}};
  const vqi::IndexedImage indexed = vqi::decode_indexed(vqi::encode(sprite, options).bytes);
  const int expected[] = {7, 8, 9, 0, 10, 20, 30, 255};
  for (std::size_t i = 0; i < 8; ++i) CHECK(indexed.codebook.row(0)[i] == static_cast<std::byte>(expected[i]));
  for (std::size_t n = 0; n < indexed.indices.size(); ++n) {
    const std::byte before = sprite.samples()[4 * n + 3];
    const std::byte after = indexed.codebook.row(0)[4 * indexed.indices[n] + 3];
    if (before == std::byte{0} || before == std::byte{255}) CHECK(before == after);
  }
}

TEST_CASE("bytes do not depend on threads for any of the options") {
  auto mask = std::make_shared<vqi::Image>(60, 40, 1, 8);
  for (std::size_t i = 0; i < mask->samples().size(); ++i) mask->samples()[i] = static_cast<std::byte>(i % 200);
  std::vector<vqi::EncodeOptions> all(5);
  all[0].fixed = {{1, 2, 3, 255}};
  all[1].weights = mask;
  all[2].keep_small = true;
  all[3].space = vqi::Space::oklab;
  all[4].space = vqi::Space::oklab;
  all[4].weights = mask;
  all[4].fixed = {{1, 2, 3, 255}};
  for (vqi::EncodeOptions& options : all) {
    options.k = 24;
    vqi::RunOptions one;
    one.threads = 1;
    vqi::RunOptions eight;
    eight.threads = 8;
    CHECK(vqi::encode(picture(), options, one).bytes == vqi::encode(picture(), options, eight).bytes);
  }
  const auto rows = vqi::sweep(picture(), all);
  for (std::size_t i = 0; i < all.size(); ++i)
    CHECK(rows[i].report.distortion.mse == vqi::encode(picture(), all[i]).report.distortion.mse);
}

TEST_CASE("oklab works for every type and block, and keeps what fits exact") {
  for (std::uint32_t channels = 1; channels <= 4; ++channels)
    for (const std::uint32_t depth : {8U, 16U})
      for (const std::uint32_t block : {1U, 2U}) {
        vqi::EncodeOptions options;
        options.k = 12;
        options.space = vqi::Space::oklab;
        options.block_height_px = block;
        const vqi::Image image = vqi::test::make_image(30, 22, channels, depth, Content::smooth);
        const vqi::Encoded encoded = vqi::encode(image, options);
        CHECK(encoded.report.k == 12);
        options.space = vqi::Space::rgb;
        CHECK(encoded.report.distortion.mse < 3 * vqi::encode(image, options).report.distortion.mse);
        options.space = vqi::Space::oklab;
        options.k = 700;
        CHECK(vqi::encode(image, options).report.distortion.mse == 0);
      }
}

TEST_CASE("options about colours that exclude each other are refused") {
  vqi::EncodeOptions with_book;
  with_book.codebook = colours({1, 2, 3});
  CHECK_FALSE(code_of(with_book));
  const auto refuses = [&](auto change) {
    vqi::EncodeOptions options = with_book;
    change(options);
    CHECK(code_of(options) == ErrorCode::invalid_option);
  };
  refuses([](auto& o) { o.k = 1; });
  refuses([](auto& o) { o.lossless = true; });
  refuses([](auto& o) { o.method = vqi::Method::ecvq; });
  refuses([](auto& o) { o.max_iterations = 1; });
  refuses([](auto& o) { o.fixed = {{1, 2, 3, 255}}; });
  refuses([](auto& o) { o.weights = std::make_shared<vqi::Image>(60, 40, 1, 8); });
  refuses([](auto& o) { o.keep_small = true; });
  refuses([](auto& o) { o.block_width_px = 2; });
  refuses([](auto& o) { o.codebook = std::make_shared<vqi::Codebook>(vqi::Codebook{1, 1, vqi::Image(4, 1, 4, 8)}); });
  refuses([](auto& o) {
    o.detach = true;
    o.codebook = colours({1, 2, 3, 1, 2, 3});
  });
  vqi::EncodeOptions detached;
  detached.detach = true;
  CHECK(code_of(detached) == ErrorCode::invalid_option);
  const auto target_refuses = [&](const vqi::EncodeOptions& options) {
    vqi::Target target;
    target.psnr_db = 20;
    CHECK(thrown_by([&] { static_cast<void>(vqi::encode_to_target(picture(), target, options)); }).code ==
          ErrorCode::invalid_option);
  };
  target_refuses(with_book);
  vqi::EncodeOptions fixed;
  fixed.fixed = {{1, 2, 3, 255}};
  target_refuses(fixed);
  fixed.fixed.push_back({1, 2, 3, 255});
  CHECK(code_of(fixed) == ErrorCode::invalid_option);
  fixed.fixed.pop_back();
  fixed.method = vqi::Method::anneal;
  CHECK(code_of(fixed) == ErrorCode::invalid_option);
  vqi::EncodeOptions weighed;
  weighed.weights = std::make_shared<vqi::Image>(59, 40, 1, 8);
  CHECK(code_of(weighed) == ErrorCode::invalid_option);
  vqi::EncodeOptions small;
  small.keep_small = true;
  small.block_width_px = 2;
  CHECK(code_of(small) == ErrorCode::invalid_option);
  vqi::EncodeOptions oklab;
  oklab.space = vqi::Space::oklab;
  oklab.method = vqi::Method::ecvq;
  CHECK(code_of(oklab) == ErrorCode::invalid_option);
}

TEST_CASE("transparent pixels that no given colour leaves transparent are warned of") {
  const auto grey_alpha = [](const std::array<int, 4>& samples) {
    vqi::Image image(2, 1, 2, 8);
    for (std::size_t i = 0; i < samples.size(); ++i) image.row(0)[i] = static_cast<std::byte>(samples[i]);
    return image;
  };
  const vqi::Image image = grey_alpha({90, 0, 0, 255});
  const auto warnings = [&](const std::array<int, 4>& codewords) {
    vqi::EncodeOptions options;
    options.codebook = std::make_shared<const vqi::Codebook>(vqi::Codebook{1, 1, grey_alpha(codewords)});
    return vqi::encode(image, options).report.warnings.size();
  };
  CHECK(warnings({0, 255, 255, 1}) == 1);
  CHECK(warnings({0, 255, 255, 0}) == 0);
}
