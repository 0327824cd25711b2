// sweep: what it tells while it runs, and how it ends early.
#include <catch2/catch.hpp>
#include <chrono>
#include <set>
#include <stdexcept>
#include <thread>

#include "test_images.hpp"
#include "vqi/sweep.hpp"

using vqi::test::Content;
using vqi::test::make_image;

namespace {

std::vector<vqi::EncodeOptions> rows_with_k(std::initializer_list<std::uint32_t> ks) {
  std::vector<vqi::EncodeOptions> rows;
  for (const std::uint32_t k : ks) rows.emplace_back().k = k;
  return rows;
}

}  // namespace

TEST_CASE("a sweep of no rows gives no rows") { CHECK(vqi::sweep(make_image(8, 8, 3, 8, Content::noise), {}).empty()); }

TEST_CASE("every row is told of once, with its number, its report and a stream that decodes") {
  const vqi::Image image = make_image(60, 40, 3, 8, Content::smooth);
  const std::vector<vqi::EncodeOptions> options = rows_with_k({2, 4, 8, 16, 32});
  vqi::RunOptions run;
  run.threads = 3;
  std::set<std::size_t> told;
  const auto on_row = [&](std::size_t number, const vqi::SweepRow& row, std::span<const std::byte> bytes) {
    CHECK(told.insert(number).second);
    CHECK(row.report.k == options[number].k);
    CHECK(row.report.bytes.file == bytes.size());
    CHECK(vqi::decode(bytes).width_px() == 60);
  };
  const std::vector<vqi::SweepRow> rows = vqi::sweep(image, options, on_row, run);
  CHECK(told.size() == 5);
  REQUIRE(rows.size() == 5);
  CHECK(rows.front().on_hull);
  CHECK(rows.back().on_hull);
}

TEST_CASE("the rows on the hull and the knee are those of find_rate_hull") {
  const vqi::Image image = make_image(80, 60, 3, 8, Content::smooth);
  const std::vector<vqi::SweepRow> rows = vqi::sweep(image, rows_with_k({2, 3, 4, 6, 8, 16, 33, 64}));
  std::vector<vqi::RatePoint> points;
  for (const vqi::SweepRow& row : rows) points.push_back({row.report.bpp, row.report.distortion.mse});
  const vqi::RateHull hull = vqi::find_rate_hull(points);
  REQUIRE(hull.knee.has_value());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(rows[i].on_hull == hull.on_hull[i]);
    CHECK(rows[i].knee == (hull.knee == i));
  }
}

TEST_CASE("progress of a sweep rises to the end") {
  const std::vector<vqi::EncodeOptions> options = rows_with_k({2, 16, 64});
  vqi::RunOptions run;
  run.threads = 2;
  double last = 0;
  run.progress = [&](const vqi::Progress& progress) {
    CHECK(progress.stage == vqi::Stage::sweep);
    CHECK(progress.fraction <= 1);
    last = progress.fraction;
    return true;
  };
  static_cast<void>(vqi::sweep(make_image(300, 200, 3, 8, Content::noise), options, {}, run));
  CHECK(last > 0);
}

TEST_CASE("a sweep that is cancelled throws so, and tells of no row after that") {
  const std::vector<vqi::EncodeOptions> options = rows_with_k({256, 512, 1024, 2048});
  vqi::RunOptions run;
  run.threads = 2;
  bool stopped = false;
  run.progress = [&](const vqi::Progress&) { return !(stopped = true); };
  const auto on_row = [&](std::size_t, const vqi::SweepRow&, std::span<const std::byte>) { CHECK_FALSE(stopped); };
  try {
    static_cast<void>(vqi::sweep(make_image(300, 300, 3, 8, Content::noise), options, on_row, run));
    FAIL("it went on");
  } catch (const vqi::Error& error) {
    CHECK(error.error_code() == vqi::ErrorCode::cancelled);
  }
}

TEST_CASE("what the row callback throws ends the sweep and comes out") {
  const std::vector<vqi::EncodeOptions> options = rows_with_k({2, 3, 4, 5, 6, 7});
  vqi::RunOptions run;
  run.threads = 2;
  std::size_t told = 0;
  const auto on_row = [&](std::size_t, const vqi::SweepRow&, std::span<const std::byte>) {
    ++told;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // meanwhile the other thread's row waits to be told of
    throw std::runtime_error("no more");
  };
  CHECK_THROWS_WITH(vqi::sweep(make_image(60, 40, 3, 8, Content::smooth), options, on_row, run), "no more");
  CHECK(told == 1);
}

TEST_CASE("a row with a wrong option is refused before any work") {
  const std::vector<vqi::EncodeOptions> options = rows_with_k({2, 0});
  const auto on_row = [](std::size_t, const vqi::SweepRow&, std::span<const std::byte>) { FAIL("a row was made"); };
  CHECK_THROWS_AS(vqi::sweep(make_image(8, 8, 3, 8, Content::noise), options, on_row), vqi::Error);
}

TEST_CASE("a row without a K has the default one, as encode") {
  const std::vector<vqi::EncodeOptions> one(1);
  const std::vector<vqi::SweepRow> rows = vqi::sweep(make_image(8, 8, 3, 8, Content::noise), one);
  CHECK(rows.front().options.k == 256U);
}
