// refine_restored: what it keeps costs less, by the restored image and the whole file, and it keeps all else.
#include "restore_refinement.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "restore_choice.hpp"
#include "test_images.hpp"
#include "test_work.hpp"

using namespace vqi::detail;
using vqi::test::TestWork;

namespace {

vqi::EncodeOptions ecvq_options(std::uint32_t k) {
  vqi::EncodeOptions options;
  options.k = k;
  options.method = vqi::Method::ecvq;
  options.restore = true;
  options.effort = 4;
  return options;
}

/// The stream with a filter before indices are refined for it.
WrittenImage written_of(const vqi::Image& image, const vqi::EncodeOptions& options, const Work& work) {
  const vqi::EncodeOptions own = checked_options(image, options);
  return write_with_filter(image, PreparedImage(image, own, work).quantize(own, work), own, work);
}

double cost_of(const vqi::Image& image, const WrittenImage& written, const Work& work) {
  const double samples = static_cast<double>(image.width_px()) * image.height_px() * image.channels();
  return measure_quantized_errors(image, written, work).mse * samples +
         *written.report.lambda * 8 * static_cast<double>(written.bytes.size());
}

}  // namespace

TEST_CASE("indices refined for the filter cost less in squared error of the restored image and bits of the file") {
  int refined = 0;
  for (const std::uint32_t channels : {1U, 3U, 4U}) {
    const vqi::Image image = vqi::test::make_blobs(220, 180, channels);
    for (const std::uint32_t k : {12U, 60U}) {
      const vqi::EncodeOptions options = ecvq_options(k);
      TestWork work(2);
      const WrittenImage before = written_of(image, options, work);
      REQUIRE(before.header.restore.is_on());
      WrittenImage after = before;
      refine_restored(image, options, after, work);
      CAPTURE(channels, k);
      if (after.bytes == before.bytes) continue;
      ++refined;
      CHECK(cost_of(image, after, work) < cost_of(image, before, work));
      CHECK(after.header.k == after.codewords.rows());
      CHECK(after.report.bytes.file == after.bytes.size());
      TestWork other_threads(1);
      WrittenImage again = before;
      refine_restored(image, options, again, other_threads);
      CHECK(again.bytes == after.bytes);
    }
  }
  CHECK(refined >= 3);
}

TEST_CASE("nothing is refined at a lambda of 0, at low efforts, or where distances are of another space") {
  const vqi::Image image = vqi::test::make_blobs(120, 100, 3);
  TestWork work;
  const WrittenImage before = written_of(image, ecvq_options(30), work);
  REQUIRE(before.header.restore.is_on());
  const auto is_kept = [&](const vqi::EncodeOptions& options, std::optional<double> lambda) {
    WrittenImage after = before;
    after.report.lambda = lambda;
    refine_restored(image, options, after, work);
    return after.bytes == before.bytes;
  };
  vqi::EncodeOptions options = ecvq_options(30);
  CHECK_FALSE(is_kept(options, before.report.lambda));
  CHECK(is_kept(options, 0.0));
  CHECK(is_kept(options, std::nullopt));
  options.effort = 3;
  CHECK(is_kept(options, before.report.lambda));
  options.effort = 4;
  options.space = vqi::Space::oklab;
  CHECK(is_kept(options, before.report.lambda));
  CHECK(refining_passes(6) == 1);
  CHECK(refining_passes(7) == 2);
}

TEST_CASE("the image before the filter lacks five sixteenths of what the filter adds, and keeps alpha") {
  for (const std::uint32_t channels : {1U, 2U, 3U, 4U})
    for (const std::uint32_t depth : {8U, 16U}) {
      const vqi::Image image = vqi::test::make_image(50, 40, channels, depth, vqi::test::Content::smooth);
      TestWork work;
      const WrittenImage written = written_of(image, ecvq_options(20), work);
      CAPTURE(channels, depth);
      REQUIRE(written.header.restore.is_on());
      const vqi::Image restored = restored_image(written, work);
      const vqi::Image before = image_before_filter(image, written, work);
      const std::uint32_t colours = channels >= 3 ? 3 : 1;
      bool as_expected = true;
      for (std::uint32_t y = 0; y < 40; ++y)
        for (std::uint32_t x = 0; x < 50; ++x)
          for (std::uint32_t c = 0; c < channels; ++c) {
            const auto sample = [&](const vqi::Image& of) {
              return static_cast<double>(load_sample(of.row(y), x * channels + c, depth));
            };
            const auto codeword = static_cast<double>(written.codewords.at(written.indices[y * 50 + x], c));
            const double added = c < colours ? sample(restored) - codeword : 0;
            const double wanted = std::min(std::max(sample(image) - 0.3125 * added, 0.0), depth == 8 ? 255.0 : 65535.0);
            as_expected = as_expected && std::abs(sample(before) - wanted) <= 0.5;
          }
      CHECK(as_expected);
    }
}
