// Tests of the Gaussian window.
#include "gaussian_window.hpp"

#include <catch2/catch.hpp>

namespace vqi {
using namespace detail;

TEST_CASE("the window sums to exactly 1 and has the ratios of a Gaussian of sigma 1.5") {
  const WindowWeights weights = gaussian_window();
  float sum = weights[0];
  for (std::size_t distance = 1; distance < weights.size(); ++distance) sum += 2 * weights[distance];
  CHECK(sum == 1.0F);
  CHECK(weights[1] / weights[0] == Approx(0.800737).epsilon(1e-5));
  CHECK(weights[3] / weights[0] == Approx(0.135335).epsilon(1e-4));
}

}  // namespace vqi
