// choose_restore: no other strength is nearer to the image, and figures follow from the quantized image.
#include "restore_choice.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "test_images.hpp"
#include "test_work.hpp"

using namespace vqi::detail;
using vqi::test::TestWork;

namespace {

/// A picture in one strip with its nearest codewords.
QuantizedImage quantized_of(const vqi::Image& image, std::uint32_t k, const Work& work) {
  vqi::EncodeOptions options;
  options.k = k;
  options.effort = 1;
  const vqi::EncodeOptions own = checked_options(image, options);
  QuantizedImage quantized = PreparedImage(image, own, work).quantize(own, work);
  quantized.header.strip_rows = image.height_px();
  return quantized;
}

}  // namespace

TEST_CASE("the strength that is chosen has the least error of all strengths and of none") {
  for (const std::uint32_t channels : {1U, 3U, 4U}) {
    const vqi::Image image = vqi::test::make_blobs(70, 90, channels);
    TestWork work(2);
    QuantizedImage quantized = quantized_of(image, 20, work);
    const double plain_mse = measure_quantized_errors(image, quantized, work).mse;
    const RestoreSettings chosen = choose_restore(image, quantized, work);
    REQUIRE(chosen.is_on());
    CHECK(chosen.deviation == std::lround(std::sqrt(plain_mse) * 257));
    quantized.header.restore = chosen;
    const double least = measure_quantized_errors(image, quantized, work).mse;
    CHECK(least < plain_mse);
    for (std::uint32_t strength = 1; strength <= restore_strength_max; ++strength) {
      quantized.header.restore.strength = strength;
      INFO("strength " << strength << " in place of " << chosen.strength << ", channels " << channels);
      CHECK(measure_quantized_errors(image, quantized, work).mse >= least);
    }
  }
}

TEST_CASE("lossless images and those of one codeword get no filter") {
  const vqi::Image few = vqi::test::make_image(40, 30, 3, 8, vqi::test::Content::few_colours);
  TestWork work;
  CHECK_FALSE(choose_restore(few, quantized_of(few, 200, work), work).is_on());
  const vqi::Image blobs = vqi::test::make_blobs(40, 30, 3);
  CHECK_FALSE(choose_restore(blobs, quantized_of(blobs, 1, work), work).is_on());
}
