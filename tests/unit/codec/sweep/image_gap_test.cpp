// The gap statistic of images: as many clusters of colours as were painted, and an encode that takes their number.
#include <catch2/catch.hpp>
#include <thread>
#include <utility>

#include "progress.hpp"
#include "random.hpp"
#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/error.hpp"
#include "vqi/sweep.hpp"

using vqi::Image;
using vqi::cluster::GapOptions;
using vqi::cluster::GapResult;

namespace {

/// Pixels around four far colours, with a little noise.
Image four_colours() {
  Image image(40, 30, 3, 8);
  vqi::detail::Random random(1);
  for (std::uint32_t y = 0; y < 30; ++y)
    for (std::uint32_t x = 0; x < 40; ++x) {
      const std::uint64_t colour = random.below(4);
      for (std::size_t c = 0; c < 3; ++c) {
        const std::uint64_t base = (colour + c) % 4 < 2 ? 40 : 200;
        image.row(y)[3 * x + c] = static_cast<std::byte>(base + random.below(9));
      }
    }
  return image;
}

GapOptions few_references() {
  GapOptions options;
  options.k_max = 6;
  options.references = 3;
  options.starts = 2;
  return options;
}

}  // namespace

TEST_CASE("an image of four colours has four clusters, and encoding takes four codewords") {
  const Image image = four_colours();
  const GapResult gap = vqi::image_gap(image, few_references());
  CHECK(gap.k == 4);
  REQUIRE(gap.rows.size() == 6);
  for (std::size_t i = 0; i < 6; ++i) CHECK(gap.rows[i].k == i + 1);
  CHECK(gap.points > 100);
  vqi::EncodeOptions options;
  const vqi::Encoded encoded = vqi::encode_with_gap(image, few_references(), options);
  CHECK(encoded.report.k == 4);
  CHECK(encoded.report.k_chosen == 4U);
  CHECK_FALSE(encoded.report.k_requested);
  REQUIRE(encoded.report.gap);
  CHECK(encoded.report.gap->rows.size() == 6);
  options.k = 4;
  CHECK(encoded.bytes == vqi::encode(image, options).bytes);
}

TEST_CASE("one cluster is warned of, several are not") {
  CHECK(vqi::encode_with_gap(four_colours(), few_references(), {}).report.warnings.empty());
  const Image noise = vqi::test::make_image(40, 30, 3, 8, vqi::test::Content::noise);
  const vqi::Encoded encoded = vqi::encode_with_gap(noise, few_references(), {});
  REQUIRE(encoded.report.k == 1);
  REQUIRE(encoded.report.warnings.size() == 1);
  CHECK(encoded.report.warnings[0].find("no clusters") != std::string::npos);
}

TEST_CASE("the seed decides about the reference sets, and threads about nothing") {
  const Image image = four_colours();
  const GapResult one = vqi::image_gap(image, few_references(), 1, 1, {.threads = 1});
  CHECK(vqi::image_gap(image, few_references(), 1, 1, {.threads = 3}).rows[3].gap == one.rows[3].gap);
  GapOptions options = few_references();
  options.seed = 2;
  CHECK(vqi::image_gap(image, options).rows[3].expected_log_w != one.rows[3].expected_log_w);
}

TEST_CASE("no K, no reference set and senseless options are refused, and a no of the callback ends the work") {
  const Image image = four_colours();
  const auto code_of = [&](const GapOptions& gap, std::uint32_t block_width_px, const vqi::RunOptions& run) {
    return vqi::test::thrown_by([&] { static_cast<void>(vqi::image_gap(image, gap, block_width_px, 1, run)); }).code;
  };
  GapOptions gap = few_references();
  gap.k_max = 0;
  CHECK(code_of(gap, 1, {}) == vqi::ErrorCode::invalid_option);
  gap = few_references();
  gap.references = 0;
  CHECK(code_of(gap, 1, {}) == vqi::ErrorCode::invalid_option);
  CHECK(code_of(few_references(), 17, {}) == vqi::ErrorCode::invalid_option);
  vqi::RunOptions run;
  run.progress = [](const vqi::Progress&) { return false; };
  CHECK(code_of(few_references(), 1, run) == vqi::ErrorCode::cancelled);
  run = {};
  run.max_memory_bytes = 1000;
  CHECK(code_of(few_references(), 1, run) == vqi::ErrorCode::limit_exceeded);
}

TEST_CASE("the fraction of the search never falls while vectors are found and then clustered") {
  const vqi::Image image = vqi::test::make_image(30, 20, 3, 8, vqi::test::Content::smooth);
  double last = 0;
  bool falls = false;
  vqi::RunOptions run;
  run.threads = 1;
  run.progress = [&](const vqi::Progress& progress) {
    falls = falls || progress.stage != vqi::Stage::search || progress.fraction < last;
    last = progress.fraction;
    // A slow callback hears every report, however fast the machine is.
    std::this_thread::sleep_for(vqi::detail::ProgressReporter::usual_interval);
    return true;
  };
  static_cast<void>(vqi::image_gap(image, {.k_max = 3, .references = 1, .starts = 1}, 1, 1, run));
  CHECK_FALSE(falls);
  CHECK(last > 0);
}

TEST_CASE("the time that the gap statistic takes counts as training") {
  constexpr std::chrono::milliseconds pause(30);
  bool has_slept = false;
  vqi::RunOptions run;
  run.progress = [&](const vqi::Progress& progress) {
    if (progress.stage == vqi::Stage::search && !std::exchange(has_slept, true)) std::this_thread::sleep_for(pause);
    return true;
  };
  const vqi::Encoded encoded = vqi::encode_with_gap(four_colours(), few_references(), {}, run);
  CHECK(has_slept);
  CHECK(encoded.report.seconds.train >= 0.03);
}
