// One codebook for many images: the same in any order, of the least common type, and refused options.
#include <catch2/catch.hpp>
#include <memory>

#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/codebook.hpp"
#include "vqi/codec.hpp"

using vqi::ErrorCode;
using vqi::test::Content;
using vqi::test::thrown_by;

namespace {

vqi::CodebookTraining trained(const std::vector<vqi::Image>& images, const vqi::EncodeOptions& options,
                              std::uint32_t threads = 0) {
  vqi::Statistics statistics(options.block_width_px, options.block_height_px);
  vqi::RunOptions run;
  run.threads = threads;
  for (const vqi::Image& image : images) statistics.add(image, run);
  return train_codebook(statistics, options, run);
}

}  // namespace

TEST_CASE("the codebook does not depend on the order of the images or on threads") {
  for (const std::uint32_t block : {1U, 3U}) {
    std::vector<vqi::Image> images;
    for (std::uint64_t seed = 1; seed < 5; ++seed)
      images.push_back(vqi::test::make_image(40, 30, 4, 8, Content::smooth, seed));
    vqi::EncodeOptions options;
    options.k = 30;
    options.block_width_px = block;
    const auto first = vqi::write_codebook(trained(images, options, 1).codebook);
    std::reverse(images.begin(), images.end());
    CHECK(vqi::write_codebook(trained(images, options, 4).codebook) == first);
  }
}

TEST_CASE("the reported error is that of encoding each image with the codebook") {
  const std::vector<vqi::Image> images{vqi::test::make_image(40, 30, 4, 8, Content::smooth, 1),
                                       vqi::test::make_soft_sprite(30)};
  vqi::EncodeOptions options;
  options.k = 20;
  const vqi::CodebookTraining training = trained(images, options);
  vqi::EncodeOptions given;
  given.codebook = std::make_shared<const vqi::Codebook>(training.codebook);
  double sum = 0;
  for (const vqi::Image& image : images)
    sum += vqi::encode(image, given).report.distortion.mse * image.width_px() * image.height_px();
  CHECK(training.mse == Approx(sum / static_cast<double>(training.vectors)));
  CHECK(training.vectors == 40 * 30 + 30 * 30);
}

TEST_CASE("images of other types are widened to the least type that holds all") {
  const std::vector<vqi::Image> images{vqi::test::make_image(8, 8, 1, 16, Content::few_colours),
                                       vqi::test::make_image(8, 8, 3, 8, Content::few_colours)};
  const vqi::CodebookTraining training = trained(images, {});
  CHECK(training.codebook.codewords.channels() == 3);
  CHECK(training.codebook.codewords.bit_depth() == 16);
  CHECK(training.mse == 0);
}

TEST_CASE("fixed colours are at the front of a codebook, and spaces give other codebooks") {
  const std::vector<vqi::Image> images{vqi::test::make_image(40, 30, 3, 8, Content::smooth)};
  vqi::EncodeOptions options;
  options.k = 12;
  options.fixed = {{9, 8, 7, 255}, {255, 0, 255, 255}};
  const vqi::Codebook codebook = trained(images, options).codebook;
  CHECK(codebook.codewords.row(0)[0] == std::byte{9});
  CHECK(codebook.codewords.row(0)[5] == std::byte{255});
  CHECK(codebook.size() == 12);
  vqi::EncodeOptions oklab;
  oklab.space = vqi::Space::oklab;
  CHECK(vqi::codebook_hash(trained(images, oklab).codebook) != vqi::codebook_hash(trained(images, {}).codebook));
}

TEST_CASE("options that say nothing about learning are refused, and so is no image") {
  const std::vector<vqi::Image> images{vqi::test::make_image(8, 8, 3, 8, Content::noise)};
  const auto code_of = [&](const vqi::EncodeOptions& options) {
    return thrown_by([&] { static_cast<void>(trained(images, options)); }).code;
  };
  vqi::EncodeOptions options;
  options.lossless = true;
  CHECK(code_of(options) == ErrorCode::invalid_option);
  options = {};
  options.method = vqi::Method::em;
  CHECK(code_of(options) == ErrorCode::invalid_option);
  options = {};
  options.coding = vqi::Coding::packed;
  CHECK(code_of(options) == ErrorCode::invalid_option);
  options = {};
  options.k = 0;
  CHECK(code_of(options) == ErrorCode::invalid_option);
  CHECK(thrown_by([] { static_cast<void>(train_codebook(vqi::Statistics(), {})); }).code == ErrorCode::invalid_option);
  CHECK(thrown_by([] { vqi::Statistics statistics(17, 1); }).code == ErrorCode::invalid_option);
  options = {};
  options.block_width_px = 2;
  vqi::Statistics pixels;
  pixels.add(images.front());
  CHECK(thrown_by([&] { static_cast<void>(train_codebook(pixels, options)); }).code == ErrorCode::invalid_option);
}
