// encode: options out of their range are refused by name, and the report tells what is in the stream.
#include <catch2/catch.hpp>
#include <functional>

#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/codec.hpp"
#include "vqi/error.hpp"

using vqi::Encoded;
using vqi::EncodeOptions;
using vqi::ErrorCode;
using vqi::Image;
using vqi::test::Content;
using vqi::test::make_image;

TEST_CASE("an option just out of its range, or one that cannot apply, is refused before any work") {
  const Image image = make_image(9, 7, 3, 8, Content::noise);
  const std::vector<std::function<void(EncodeOptions&)>> changes{
      [](EncodeOptions& options) { options.k = 0; },
      [](EncodeOptions& options) { options.k = 65537; },
      [](EncodeOptions& options) { options.block_width_px = 0; },
      [](EncodeOptions& options) { options.block_height_px = 17; },
      [](EncodeOptions& options) { options.effort = 0; },
      [](EncodeOptions& options) { options.effort = 10; },
      [](EncodeOptions& options) { options.lambda = 1; },  // of ecvq alone
      [](EncodeOptions& options) {
        options.method = vqi::Method::ecvq;
        options.lambda = -1;
      },
      [](EncodeOptions& options) {
        options.method = vqi::Method::ecvq;
        options.coding = vqi::Coding::packed;
      },
      [](EncodeOptions& options) { options.covariance = vqi::Covariance::full; }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    INFO("change " << i);
    EncodeOptions options;
    bool called = false;
    options.progress = [&](const vqi::Progress&) { return called = true; };
    changes[i](options);
    CHECK(vqi::test::thrown_by([&] { static_cast<void>(vqi::encode(image, options)); }).code ==
          ErrorCode::invalid_option);
    CHECK_FALSE(called);
  }
  CHECK(vqi::test::thrown_by([] { static_cast<void>(vqi::encode(vqi::ImageView{})); }).code ==
        ErrorCode::invalid_image);
}

TEST_CASE("the report is of the stream: what inspect reads from it, and what decoding loses") {
  for (const vqi::Coding coding : {vqi::Coding::packed, vqi::Coding::entropy}) {
    Image image = make_image(31, 17, 3, 8, Content::smooth);
    image.metadata().gamma = 45455;
    EncodeOptions options;
    options.k = 12;
    options.coding = coding;
    const Encoded encoded = vqi::encode(image, options);
    const vqi::EncodeReport& report = encoded.report;
    const vqi::StreamInfo info = vqi::inspect(encoded.bytes);
    CHECK(report.bytes.file == encoded.bytes.size());
    CHECK(report.bytes.header == info.bytes.header);
    CHECK(report.bytes.codebook == info.bytes.codebook);
    CHECK(report.bytes.index == info.bytes.index);
    CHECK(report.bytes.metadata == info.bytes.metadata);
    CHECK(report.ratio == info.ratio);
    CHECK(report.bpp == info.bpp);
    CHECK(report.k == 12);
    CHECK(report.k == info.k);
    CHECK(report.k_requested == 12U);
    CHECK(report.coding == info.coding);
    CHECK(report.model == info.model);
    CHECK(report.distortion.mse == info.mse);
    const vqi::Distortion measured = vqi::measure_distortion(image, vqi::decode(encoded.bytes));
    CHECK(report.distortion.mse == measured.mse);
    CHECK(report.distortion.max_error == measured.max_error);
  }
}

TEST_CASE("more codewords than there are vectors give those that there are, without loss") {
  for (const std::uint32_t channels : {1U, 4U}) {
    const Image image = make_image(20, 20, channels, 8, Content::few_colours);
    const Encoded encoded = vqi::encode(image, {});
    CHECK(encoded.report.k == encoded.report.distinct_vectors);
    CHECK(encoded.report.k < 256);
    CHECK(encoded.report.algorithm == vqi::TrainingAlgorithm::exact);
    CHECK(encoded.report.distortion.mse == 0);
    CHECK_FALSE(encoded.report.distortion.psnr_db);
    CHECK(vqi::test::same_samples(vqi::decode(encoded.bytes), image));
  }
}

TEST_CASE("one pixel is one codeword") {
  const Encoded encoded = vqi::encode(make_image(1, 1, 4, 16, Content::noise), {});
  CHECK(encoded.report.k == 1);
  CHECK(encoded.report.bytes.index == 0);
}
