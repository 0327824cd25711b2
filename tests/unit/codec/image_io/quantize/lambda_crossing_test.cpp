// LambdaCrossing: it closes in on the bound from either side, and says when none is in reach.
#include "lambda_crossing.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using vqi::detail::LambdaCrossing;

namespace {

/// Trials until one has an excess from 0 to 0.05; 0 if 12 are not enough.
template <typename Excess>
int trials_until_close(double first_lambda, double slope, const Excess& excess) {
  LambdaCrossing crossing(first_lambda, slope);
  for (int trial = 1; trial <= 12; ++trial) {
    const double lambda = crossing.next();
    const double found = excess(lambda);
    crossing.add(lambda, found);
    if (found >= 0 && found <= 0.05) return trial;
  }
  return 0;
}

}  // namespace

TEST_CASE("a crossing is found in few trials, of figures that fall and that rise, from far on either side") {
  for (const double first : {0.01, 3.0, 900.0}) {
    const auto psnr = [](double lambda) { return 42.0 - 2.0 * std::log(lambda) - 0.1 * std::sqrt(lambda) - 38.0; };
    const int falling = trials_until_close(first, -2.5, psnr);
    CHECK(falling > 0);
    CHECK(falling <= 9);
    const auto size = [](double lambda) { return 3.5 * std::log(lambda) - 4.0; };
    const int rising = trials_until_close(first, 2.5, size);
    CHECK(rising > 0);
    CHECK(rising <= 9);
  }
}

TEST_CASE("a figure with a step ends at the step") {
  LambdaCrossing crossing(20, -2.5);
  double largest_met = 0;
  double least_missed = 1e9;
  for (int trial = 0; trial < 30; ++trial) {
    const double lambda = crossing.next();
    const bool met = lambda < 7;
    crossing.add(lambda, met ? 1 : -1);
    if (met) largest_met = std::max(largest_met, lambda);
    if (!met) least_missed = std::min(least_missed, lambda);
  }
  CHECK(largest_met < 7);
  CHECK(least_missed >= 7);
  CHECK(least_missed / largest_met < 1.01);
}

TEST_CASE("a bound out of reach exhausts the crossing") {
  LambdaCrossing crossing(20, -2.5);
  int trials = 0;
  for (; trials < 40 && !crossing.is_exhausted(); ++trials) crossing.add(crossing.next(), -30);
  CHECK(crossing.is_exhausted());
  CHECK(trials < 40);
  CHECK(crossing.next() == Approx(vqi::detail::min_png_lambda));
}
