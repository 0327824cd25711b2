// exp and log: near the C library's, and the same bits on every SIMD target as without SIMD.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "codec/cluster/points/portable_math_test.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "portable_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::cluster::detail {
namespace HWY_NAMESPACE {
namespace {

using D = hn::CappedTag<double, 8>;

/// e^x and ln x of eight numbers.
void exp_of_eight(const double* x, double* result) {
  for (std::size_t i = 0; i < 8; i += hn::Lanes(D{})) hn::StoreU(exp_of(D{}, hn::LoadU(D{}, x + i)), D{}, result + i);
}
void log_of_eight(const double* x, double* result) {
  for (std::size_t i = 0; i < 8; i += hn::Lanes(D{})) hn::StoreU(log_of(D{}, hn::LoadU(D{}, x + i)), D{}, result + i);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::cluster::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <hwy/targets.h>

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "clouds.hpp"
#include "portable_math.hpp"

namespace vqi::cluster::detail {
HWY_EXPORT(exp_of_eight);
HWY_EXPORT(log_of_eight);

namespace {

using vqi::detail::Random;
using vqi::test::unit_number;

/// Distance in units in the last place of the larger one.
double ulps(double found, double expected) {
  return std::abs(found - expected) / (std::nextafter(std::abs(expected), 1e300) - std::abs(expected));
}

TEST_CASE("exp and log are within three units in the last place of the library's") {
  Random random(1);
  double worst_exp = 0;
  double worst_log = 0;
  for (int i = 0; i < 200000; ++i) {
    const double x = 1400 * unit_number(random) - 700;
    worst_exp = std::max(worst_exp, ulps(portable_exp(x), std::exp(x)));
    const double y = std::exp(600 * unit_number(random) - 300);
    worst_log = std::max(worst_log, ulps(portable_log(y), std::log(y)));
    const double near_one = 0.6 + unit_number(random);
    worst_log = std::max(worst_log, ulps(portable_log(near_one), std::log(near_one)));
  }
  CHECK(worst_exp <= 3);
  CHECK(worst_log <= 3);
  CHECK(portable_exp(0) == 1);
  CHECK(portable_log(1) == 0);
  CHECK(log_or_lowest(0) < -1e299);
}

/// Compares eight numbers at a time on the SIMD target that is chosen.
void compare_with_scalar(Random& random) {
  std::array<double, 8> x{};
  std::array<double, 8> found{};
  for (double& value : x) value = 100 * unit_number(random) - 90;
  HWY_DYNAMIC_DISPATCH(exp_of_eight)(x.data(), found.data());
  for (std::size_t i = 0; i < x.size(); ++i) REQUIRE(found[i] == portable_exp(x[i]));
  for (double& value : x) value = std::exp(value);
  HWY_DYNAMIC_DISPATCH(log_of_eight)(x.data(), found.data());
  for (std::size_t i = 0; i < x.size(); ++i) REQUIRE(found[i] == portable_log(x[i]));
}

TEST_CASE("exp and log of SIMD lanes are bit for bit those of their scalar twins") {
  Random random(2);
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    INFO(hwy::TargetName(target));
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    for (int i = 0; i < 20000; ++i) compare_with_scalar(random);
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace
}  // namespace vqi::cluster::detail
#endif
