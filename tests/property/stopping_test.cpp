// A wish to stop is heard everywhere in an encode: calls of the callback are counted against the work, not against a
// clock, and each of them may end the work.
#include <catch2/catch.hpp>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "prepared_image.hpp"
#include "test_images.hpp"
#include "test_work.hpp"
#include "thrown_error.hpp"
#include "vqi/codec.hpp"
#include "vqi/sweep.hpp"
#include "work_pulse.hpp"

using vqi::EncodeOptions;
using vqi::Image;
using vqi::test::Content;
using vqi::test::make_image;

namespace {

struct Setting {
  std::uint32_t channels = 3;
  std::uint32_t depth = 8;
  std::uint32_t block = 1;
  std::uint32_t k = 64;
  vqi::Method method = vqi::Method::kmeans;
  vqi::Model model = vqi::Model::balanced;
  vqi::Seeding seeding = vqi::Seeding::automatic;
};

const std::vector<Setting>& settings() {
  static const std::vector<Setting> all{
      {3, 8, 1, 64},
      {4, 16, 1, 64},
      {1, 16, 1, 40},
      {2, 8, 2, 40},
      {3, 16, 8, 24},
      {3, 8, 4, 64, vqi::Method::kmeans, vqi::Model::max},
      {3, 8, 1, 64, vqi::Method::kmeans, vqi::Model::fast, vqi::Seeding::kmeanspp},
      {3, 8, 1, 64, vqi::Method::ecvq},
      {3, 8, 1, 16, vqi::Method::em},
      {4, 8, 1, 16, vqi::Method::anneal},
  };
  return all;
}

EncodeOptions options_of(const Setting& setting) {
  EncodeOptions options;
  options.k = setting.k;
  options.block_width_px = options.block_height_px = setting.block;
  options.method = setting.method;
  options.model = setting.model;
  options.seeding = setting.seeding;
  options.coding = vqi::Coding::entropy;
  options.effort = 3;
  options.verify = true;
  return options;
}

/// Encodes with a callback that is called at every chance.
vqi::Encoded encode(const Image& image, const EncodeOptions& options, std::uint32_t threads,
                    const vqi::ProgressCallback& callback) {
  using namespace vqi::detail;
  vqi::test::TestWork work(threads, callback, std::chrono::milliseconds(0));
  const EncodeOptions own = checked_options(image, options);
  const PreparedImage prepared(image, own, work);
  return finish_encode(image, write_quantized(image, prepared.quantize(own, work), own, work), own, work);
}

}  // namespace

TEST_CASE("each call of the callback, whichever, may stop an encode") {
  for (const Setting& setting : settings()) {
    CAPTURE(setting.channels, setting.depth, setting.block, static_cast<int>(setting.method));
    const Image image = make_image(120, 90, setting.channels, setting.depth, Content::smooth);
    const EncodeOptions options = options_of(setting);
    std::size_t calls = 0;
    const vqi::Encoded whole = encode(image, options, 1, [&](const vqi::Progress&) { return ++calls > 0; });
    CHECK(whole.bytes == vqi::encode(image, options).bytes);
    for (std::size_t part = 0; part < 12; ++part) {
      const std::size_t last = 1 + part * (calls - 1) / 11;
      for (const std::uint32_t threads : {1U, 3U}) {
        std::size_t seen = 0;
        const auto stop = [&] {
          static_cast<void>(encode(image, options, threads, [&](const vqi::Progress&) { return ++seen < last; }));
        };
        // Threads meet a lock and pass it by, so that a few calls fewer may come than on one thread.
        if (threads == 1 || part < 9) CHECK(vqi::test::thrown_by(stop).code == vqi::ErrorCode::cancelled);
        CHECK(seen <= last);
      }
    }
  }
}

TEST_CASE("searching for the nearest of many large codewords calls back once for each portion of its products") {
  const Image image = make_image(256, 256, 3, 8, Content::noise);
  EncodeOptions options;
  options.k = 600;
  options.block_width_px = options.block_height_px = 8;
  options.effort = 1;
  std::size_t calls = 0;
  const vqi::Encoded encoded = encode(image, options, 1, [&](const vqi::Progress& progress) {
    calls += progress.stage == vqi::Stage::train ? 1 : 0;
    return true;
  });
  constexpr std::uint64_t products = std::uint64_t{32 * 32} * 600 * 8 * 8 * 3 / 2;
  CHECK(calls >= encoded.report.iterations * (products / 4 / vqi::detail::WorkPulse::portion));
}

TEST_CASE("the fraction moves row by row while the one strip of a picture is coded") {
  for (const vqi::Model model : {vqi::Model::fast, vqi::Model::balanced, vqi::Model::max}) {
    const Image image = make_image(1024, 200, 3, 8, Content::smooth);
    EncodeOptions options;
    options.k = 32;
    options.model = model;
    std::vector<double> fractions;
    static_cast<void>(encode(image, options, 1, [&](const vqi::Progress& progress) {
      if (progress.stage == vqi::Stage::encode) fractions.push_back(progress.fraction);
      return true;
    }));
    std::size_t steps = 0;
    for (std::size_t i = 1; i < fractions.size(); ++i) {
      CHECK(fractions[i] >= fractions[i - 1]);
      if (fractions[i] > fractions[i - 1]) ++steps;
    }
    CHECK(steps >= 40);  // fast codes four rows at a time
  }
}

TEST_CASE("within a row of a wide picture ECVQ and measuring call back, too") {
  const Image image = make_image(40'000, 2, 3, 8, Content::smooth);
  EncodeOptions options;
  options.k = 8;
  options.method = vqi::Method::ecvq;
  options.effort = 1;
  std::size_t assigning = 0;
  std::size_t measuring = 0;
  static_cast<void>(encode(image, options, 1, [&](const vqi::Progress& progress) {
    assigning += progress.stage == vqi::Stage::assign ? 1 : 0;
    measuring += progress.stage == vqi::Stage::measure ? 1 : 0;
    return true;
  }));
  CHECK(assigning >= 2 * 40'000 / 512);
  CHECK(measuring >= 2);
}

TEST_CASE("sweeps, targets and the gap statistic hear a wish to stop at each call") {
  const Image image = make_image(96, 64, 3, 8, Content::smooth);
  std::vector<EncodeOptions> rows(3);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].k = 16U << i;
  vqi::Target target;
  target.psnr_db = 30;
  const std::vector<std::function<void(const vqi::RunOptions&)>> calls{
      [&](const vqi::RunOptions& run) { static_cast<void>(vqi::sweep(image, rows, {}, run)); },
      [&](const vqi::RunOptions& run) { static_cast<void>(vqi::encode_to_target(image, target, {}, run)); },
      [&](const vqi::RunOptions& run) { static_cast<void>(vqi::image_gap(image, {}, 1, 1, run)); }};
  for (const auto& call : calls)
    for (const std::uint32_t threads : {1U, 3U})
      for (int last = 1; last < 4; ++last) {
        vqi::RunOptions run;
        run.threads = threads;
        int seen = 0;
        run.progress = [&](const vqi::Progress&) { return ++seen < last; };
        const auto thrown = vqi::test::thrown_by([&] { call(run); });
        if (seen >= last) CHECK(thrown.code == vqi::ErrorCode::cancelled);
        CHECK(seen <= last);
      }
}
