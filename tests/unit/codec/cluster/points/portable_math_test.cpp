// exp and log of our own against the library's, and SIMD lanes against their scalar twins.
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "clouds.hpp"
#include "mixture_kernels.hpp"
#include "portable_math.hpp"

using vqi::detail::Random;
using vqi::test::unit_number;

namespace {

/// Distance in units in the last place of the larger one.
double ulps(double found, double expected) {
  return std::abs(found - expected) / (std::nextafter(std::abs(expected), 1e300) - std::abs(expected));
}

}  // namespace

TEST_CASE("exp and log are within three units in the last place of the library's") {
  Random random(1);
  double worst_exp = 0;
  double worst_log = 0;
  for (int i = 0; i < 200000; ++i) {
    const double x = 1400 * unit_number(random) - 700;
    worst_exp = std::max(worst_exp, ulps(vqi::cluster::detail::portable_exp(x), std::exp(x)));
    const double y = std::exp(600 * unit_number(random) - 300);
    worst_log = std::max(worst_log, ulps(vqi::cluster::detail::portable_log(y), std::log(y)));
    const double near_one = 0.6 + unit_number(random);
    worst_log = std::max(worst_log, ulps(vqi::cluster::detail::portable_log(near_one), std::log(near_one)));
  }
  CHECK(worst_exp <= 3);
  CHECK(worst_log <= 3);
  CHECK(vqi::cluster::detail::portable_exp(0) == 1);
  CHECK(vqi::cluster::detail::portable_log(1) == 0);
  CHECK(vqi::cluster::detail::log_or_lowest(0) < -1e299);
}

TEST_CASE("exp and log of SIMD lanes are bit for bit those of their scalar twins") {
  Random random(2);
  const vqi::cluster::detail::MixtureKernels kernels = vqi::cluster::detail::mixture_kernels();
  for (int i = 0; i < 20000; ++i) {
    std::array<double, vqi::cluster::detail::tile_lanes> x{};
    std::array<double, vqi::cluster::detail::tile_lanes> found{};
    for (double& value : x) value = 100 * unit_number(random) - 90;
    kernels.exp_lanes(x.data(), found.data());
    for (std::size_t lane = 0; lane < x.size(); ++lane)
      REQUIRE(found[lane] == vqi::cluster::detail::portable_exp(x[lane]));
    for (double& value : x) value = std::exp(value);
    kernels.log_lanes(x.data(), found.data());
    for (std::size_t lane = 0; lane < x.size(); ++lane)
      REQUIRE(found[lane] == vqi::cluster::detail::portable_log(x[lane]));
  }
}
