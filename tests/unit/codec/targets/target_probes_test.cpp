// Probes: secant steps towards a crossing, few of them, and never outside the range of K.
#include "target_probes.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using vqi::detail::CrossingSearch;

namespace {

CrossingSearch search_from(double guess, double slope) {
  CrossingSearch search;
  search.guess = guess;
  search.slope = slope;
  search.k_max = 10'000;
  return search;
}

}  // namespace

TEST_CASE("a line in the search's own scale is crossed at once, and its slope is found") {
  for (const double crossing : {3.0, 100.0, 2000.0}) {
    CrossingSearch search = search_from(128, 1);
    const vqi::detail::CrossingLine line = search.line;
    const auto figure = [&](std::uint32_t k) { return 5 * (line.position(k) - line.position(crossing)); };
    int probes = 0;
    vqi::detail::probe(search, figure(128), 1.05, [&](std::uint32_t k) {
      ++probes;
      CHECK(k >= 1);
      CHECK(k <= 10'000);
      return figure(k);
    });
    INFO("crossing " << crossing << ", guess " << search.guess);
    CHECK(probes <= 4);
    CHECK(search.guess == Approx(crossing).epsilon(0.1));
  }
}

TEST_CASE("probes end after four, within 16 times the last K, and at a figure that is not finite") {
  CrossingSearch search = search_from(100, 1e-6);
  int probes = 0;
  std::uint32_t last = 100;
  vqi::detail::probe(search, -1e9, 1.0001, [&](std::uint32_t k) {
    ++probes;
    CHECK(k <= 16 * last);
    CHECK(k >= last / 16);
    last = k;
    return probes % 2 == 0 ? -1e9 : 1e9;
  });
  CHECK(probes <= 4);
  CHECK(search.guess >= 1);
  CHECK(search.guess <= 10'000);
  CrossingSearch untouched = search_from(100, 2);
  vqi::detail::probe(untouched, std::numeric_limits<double>::infinity(), 1.05, [](std::uint32_t) {
    FAIL("nothing was to be probed");
    return 0.0;
  });
  CHECK(untouched.guess == 100);
}

TEST_CASE("a probe has the codewords asked for and the lowest effort, the rest as it was") {
  vqi::EncodeOptions options;
  options.effort = 7;
  options.block_width_px = 3;
  options.seed = 11;
  const vqi::EncodeOptions probe = vqi::detail::probe_options(options, 77);
  CHECK(probe.k == 77);
  CHECK(probe.effort == 1);
  CHECK(probe.block_width_px == 3);
  CHECK(probe.seed == 11);
}
