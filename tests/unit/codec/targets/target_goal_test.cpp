// TargetGoal: what each kind of target asks, which targets are refused, and what is said of the best.
#include "target_goal.hpp"

#include <catch2/catch.hpp>

#include "thrown_error.hpp"
#include "vqi/error.hpp"

using vqi::ErrorCode;
using vqi::Target;
using vqi::detail::TargetGoal;
using vqi::test::holds;
using vqi::test::thrown_by;

namespace {

/// 100 x 80 pixels of RGB at 16 bits: 48,000 bytes. Its samples are never read.
vqi::ImageView image() {
  vqi::ImageView view;
  view.width_px = 100;
  view.height_px = 80;
  view.channels = 3;
  view.bit_depth = 16;
  return view;
}

Target target_of(std::optional<double> psnr_db, std::optional<std::uint64_t> max_bytes, std::optional<double> ratio,
                 std::optional<double> bpp) {
  return {psnr_db, max_bytes, ratio, bpp};
}

vqi::EncodeReport report_of(std::uint64_t bytes) {
  vqi::EncodeReport report;
  report.bytes.file = bytes;
  report.ratio = 48'000.0 / static_cast<double>(bytes);
  report.bpp = static_cast<double>(bytes) / 1000;
  return report;
}

}  // namespace

TEST_CASE("a size, a ratio and a rate that mean the same allow the same bytes and fit the same streams") {
  const vqi::ImageView view = image();
  for (const Target& target : {target_of({}, 6000, {}, {}), target_of({}, {}, 8.0, {}), target_of({}, {}, {}, 6.0)}) {
    const TargetGoal goal(view, target);
    CHECK_FALSE(goal.is_psnr());
    CHECK(goal.bytes_allowed() == 6000);
    CHECK(goal.fits(report_of(5999)));
    CHECK(goal.fits(report_of(6000)));
    CHECK_FALSE(goal.fits(report_of(6001)));
  }
}

TEST_CASE("a PSNR is told as it was asked for") {
  const vqi::ImageView view = image();
  const Target target = target_of(38.5, {}, {}, {});
  const TargetGoal goal(view, target);
  CHECK(goal.is_psnr());
  CHECK(goal.psnr_db() == 38.5);
}

TEST_CASE("no target, two, and one that is not above 0 or not a number are refused") {
  const vqi::ImageView view = image();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (const Target& target : {target_of({}, {}, {}, {}), target_of(30.0, 6000, {}, {}), target_of({}, {}, 2.0, 3.0),
                               target_of(0.0, {}, {}, {}), target_of({}, {}, -1.0, {}), target_of({}, {}, {}, infinity),
                               target_of(std::numeric_limits<double>::quiet_NaN(), {}, {}, {})})
    CHECK(thrown_by([&] { const TargetGoal goal(view, target); }).code == ErrorCode::invalid_option);
}

TEST_CASE("what cannot be met is told with the best, rounded to the side on which it is reached") {
  const vqi::ImageView view = image();
  const auto words = [&](const Target& target, const vqi::detail::GoalAttempt& best) {
    const auto error = thrown_by([&] { TargetGoal(view, target).fail(best); });
    CHECK(error.code == ErrorCode::target_unreachable);
    CHECK(holds(error.message, "at K = 7"));
    return error.message;
  };
  vqi::EncodeReport report;
  report.bytes.file = 321;
  report.ratio = 2.33339;
  report.bpp = 3.33331;
  CHECK(holds(words(target_of(50.0, {}, {}, {}), {7, report, 41.23459}), "41.2345 dB"));
  CHECK(holds(words(target_of({}, 10, {}, {}), {7, report}), "321 bytes"));
  CHECK(holds(words(target_of({}, {}, 99.0, {}), {7, report}), "2.3333"));
  CHECK(holds(words(target_of({}, {}, {}, 0.5), {7, report}), "3.3334"));
}

TEST_CASE("a quality or ratio that is too high is told to ask for less, a size or rate that is too low for more") {
  const vqi::ImageView view = image();
  for (const auto& [target, advice] : {std::pair{target_of(50.0, {}, {}, {}), "or for less"},
                                       {target_of({}, {}, 99.0, {}), "or for less"},
                                       {target_of({}, 10, {}, {}), "or for more"},
                                       {target_of({}, {}, {}, 0.5), "or for more"}}) {
    const auto error = thrown_by([&, &target = target] { TargetGoal(view, target).fail({7, report_of(321)}); });
    CHECK(holds(error.message, advice));
  }
}
