// encode: options out of their range are refused by name, and the report tells what is in the stream.
#include <catch2/catch.hpp>
#include <functional>

#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/codec.hpp"
#include "vqi/error.hpp"
#include "vqi/sweep.hpp"

using vqi::Encoded;
using vqi::EncodeOptions;
using vqi::ErrorCode;
using vqi::Image;
using vqi::test::Content;
using vqi::test::make_image;

namespace {

const Image& small_image() {
  static const Image noise = make_image(16, 8, 3, 8, Content::noise);
  return noise;
}

/// Whether encode and sweep both refuse `options`.
bool refused(const EncodeOptions& options) {
  const auto encoded = vqi::test::thrown_by([&] { static_cast<void>(vqi::encode(small_image(), options)); });
  const auto swept = vqi::test::thrown_by([&] { static_cast<void>(vqi::sweep(small_image(), {&options, 1})); });
  return encoded.code == ErrorCode::invalid_option && swept.code == ErrorCode::invalid_option;
}

}  // namespace

TEST_CASE("lossless takes as many codewords as there are distinct vectors, in encode and in sweep") {
  const Image image = make_image(40, 30, 4, 8, Content::noise);
  EncodeOptions options;
  options.lossless = true;
  const Encoded encoded = vqi::encode(image, options);
  CHECK(encoded.report.k == encoded.report.distinct_vectors);
  CHECK(encoded.report.k_chosen == encoded.report.k);
  CHECK_FALSE(encoded.report.k_requested);
  CHECK(encoded.report.distortion.max_error == 0);
  EncodeOptions all;
  all.k = encoded.report.k;
  CHECK(vqi::encode(image, all).bytes == encoded.bytes);
  const std::vector<vqi::SweepRow> rows = vqi::sweep(image, {&options, 1});
  CHECK(rows[0].report.bytes.file == encoded.bytes.size());
  const Image many = make_image(300, 300, 3, 8, Content::noise);
  const auto error = vqi::test::thrown_by([&] { static_cast<void>(vqi::encode(many, options)); });
  CHECK(error.code == ErrorCode::target_unreachable);
}

TEST_CASE("lossless excludes what chooses K and what learns") {
  for (const std::function<void(EncodeOptions&)>& change : std::vector<std::function<void(EncodeOptions&)>>{
           [](EncodeOptions& options) { options.k = 16; },
           [](EncodeOptions& options) { options.method = vqi::Method::ecvq; },
           [](EncodeOptions& options) { options.seeding = vqi::Seeding::split; },
           [](EncodeOptions& options) { options.max_iterations = 2; }}) {
    EncodeOptions options;
    options.lossless = true;
    change(options);
    CHECK(refused(options));
  }
  EncodeOptions options;
  options.lossless = true;
  vqi::Target target;
  target.psnr_db = 30;
  CHECK(vqi::test::thrown_by([&] { static_cast<void>(vqi::encode_to_target(small_image(), target, options)); }).code ==
        ErrorCode::invalid_option);
}

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
      [](EncodeOptions& options) { options.covariance = vqi::Covariance::full; },
      [](EncodeOptions& options) { options.dither_strength = 0.5; },  // without a dither
      [](EncodeOptions& options) {
        options.dither = vqi::Dither::blue;
        options.dither_strength = 1.01;
      },
      [](EncodeOptions& options) {
        options.dither = vqi::Dither::diffusion;
        options.block_height_px = 2;
      },
      [](EncodeOptions& options) {
        options.dither = vqi::Dither::automatic;
        options.method = vqi::Method::ecvq;
      }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    INFO("change " << i);
    EncodeOptions options;
    vqi::RunOptions run;
    bool called = false;
    run.progress = [&](const vqi::Progress&) { return called = true; };
    changes[i](options);
    CHECK(vqi::test::thrown_by([&] { static_cast<void>(vqi::encode(image, options, run)); }).code ==
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

TEST_CASE("the reported distortion is that of decoding, to the last bit, in all codings, types and blocks") {
  for (const std::uint32_t channels : {1U, 2U, 3U, 4U})
    for (const std::uint32_t depth : {8U, 16U})
      for (const auto& [width, height] : {std::pair{1U, 1U}, {3U, 2U}, {16U, 16U}})
        for (const auto& [coding, model] : {std::pair(vqi::Coding::packed, vqi::Model::fast),
                                            {vqi::Coding::entropy, vqi::Model::fast},
                                            {vqi::Coding::entropy, vqi::Model::balanced},
                                            {vqi::Coding::entropy, vqi::Model::max}}) {
          CAPTURE(channels, depth, width, height, static_cast<int>(coding), static_cast<int>(model));
          const Image image = make_image(45, 38, channels, depth, Content::smooth);
          EncodeOptions options;
          options.k = 9;
          options.block_width_px = width;
          options.block_height_px = height;
          options.coding = coding;
          if (coding == vqi::Coding::entropy) options.model = model;
          options.method = coding == vqi::Coding::entropy && width == 3 ? vqi::Method::ecvq : vqi::Method::kmeans;
          const Encoded encoded = vqi::encode(image, options);
          const vqi::Distortion measured = vqi::measure_distortion(image, vqi::decode(encoded.bytes));
          const vqi::Distortion& reported = encoded.report.distortion;
          CHECK(reported.mse == measured.mse);
          CHECK(reported.mse_straight == measured.mse_straight);
          CHECK(reported.psnr_db == measured.psnr_db);
          CHECK(reported.ssim == measured.ssim);
          CHECK(reported.max_error == measured.max_error);
          CHECK(vqi::inspect(encoded.bytes).mse == measured.mse);
          options.verify = true;
          CHECK(vqi::encode(image, options).bytes == encoded.bytes);
        }
}

TEST_CASE("with more codewords than vectors every vector is kept, without loss") {
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

TEST_CASE("a dithered image decodes to what was measured, with the error of the blurred images beside it") {
  for (std::uint32_t channels = 1; channels <= 4; ++channels)
    for (const std::uint32_t depth : {8U, 16U}) {
      const Image image = make_image(40, 30, channels, depth, Content::smooth);
      EncodeOptions options;
      options.k = 6;
      const Encoded plain = vqi::encode(image, options);
      CHECK_FALSE(plain.report.distortion.mse_blurred.has_value());
      for (const vqi::Dither dither : {vqi::Dither::diffusion, vqi::Dither::blue, vqi::Dither::bayer}) {
        options.dither = dither;
        options.verify = true;
        const Encoded encoded = vqi::encode(image, options);
        CHECK(encoded.report.dither == dither);
        CHECK(encoded.report.dither_strength == (dither == vqi::Dither::diffusion ? 0.8 : 0.5));
        CHECK(encoded.report.distortion.mse == vqi::measure_distortion(image, vqi::decode(encoded.bytes)).mse);
        CHECK(encoded.report.distortion.mse > plain.report.distortion.mse);
        CHECK(encoded.report.distortion.mse_blurred.value() < encoded.report.distortion.mse);
      }
    }
}

TEST_CASE("one pixel is one codeword") {
  const Encoded encoded = vqi::encode(make_image(1, 1, 4, 16, Content::noise), {});
  CHECK(encoded.report.k == 1);
  CHECK(encoded.report.bytes.index == 0);
}

TEST_CASE("an enumerator that does not exist is refused, whichever option has it") {
  EncodeOptions options;
  options.method = static_cast<vqi::Method>(4);
  CHECK(refused(options));
  options = {};
  options.seeding = static_cast<vqi::Seeding>(-1);
  CHECK(refused(options));
  options = {};
  options.coding = static_cast<vqi::Coding>(3);
  CHECK(refused(options));
  options = {};
  options.model = static_cast<vqi::Model>(3);
  CHECK(refused(options));
  options = {};
  options.method = vqi::Method::em;
  options.covariance = static_cast<vqi::Covariance>(5);
  CHECK(refused(options));
  options = {};
  options.dither = static_cast<vqi::Dither>(5);
  CHECK(refused(options));
}

TEST_CASE("no K means 256") {
  EncodeOptions options;
  options.k = 256;
  CHECK(vqi::encode(small_image()).bytes == vqi::encode(small_image(), options).bytes);
  CHECK(vqi::encode(small_image()).report.k_requested == 256U);
}

TEST_CASE("memory for the index map, and for the decoded image if it is verified, is asked for before any work") {
  const auto limited = [&](const auto& call) { return vqi::test::thrown_by(call).code == ErrorCode::limit_exceeded; };
  vqi::RunOptions run;
  EncodeOptions verify;
  verify.verify = true;
  run.max_memory_bytes = 16 * 8 * (2 + 3);
  CHECK_NOTHROW(vqi::encode(small_image(), verify, run));
  --run.max_memory_bytes;
  CHECK(limited([&] { static_cast<void>(vqi::encode(small_image(), verify, run)); }));
  run.max_memory_bytes = 16 * 8 * 2;
  CHECK_NOTHROW(vqi::encode(small_image(), {}, run));
  --run.max_memory_bytes;
  CHECK(limited([&] { static_cast<void>(vqi::encode(small_image(), {}, run)); }));
  CHECK(limited([&] { static_cast<void>(vqi::encode_with_gap(small_image(), {}, {}, run)); }));
  vqi::Target target;
  target.psnr_db = 30;
  CHECK(limited([&] { static_cast<void>(vqi::encode_to_target(small_image(), target, {}, run)); }));
}
