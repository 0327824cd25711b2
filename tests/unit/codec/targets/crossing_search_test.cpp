// find_crossing: ends at an adjacent pair whatever the figures do, and soon where they behave.
#include "crossing_search.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include "random.hpp"

namespace {

/// Counts the trials of a search and checks the pair that it ends with.
struct Checked {
  std::uint32_t found = 0;
  std::size_t trials = 0;
};

template <typename Residual>
Checked search(std::uint32_t k_max, double guess, double slope, const Residual& residual, double scatter_k = 0,
               bool correlated = false) {
  std::map<std::uint32_t, bool> tried;
  Checked result;
  result.found = vqi::detail::find_crossing({k_max, guess, slope, {}, scatter_k, correlated}, [&](std::uint32_t k) {
    REQUIRE(k >= 1);
    REQUIRE(k <= k_max);
    REQUIRE(tried.count(k) == 0);
    const double value = residual(k);
    tried[k] = value >= 0;
    return vqi::detail::CrossingTrial{value, value >= 0};
  });
  result.trials = tried.size();
  if (result.found <= k_max) REQUIRE(tried.at(result.found));
  if (result.found > 1) REQUIRE_FALSE(tried.at(result.found - 1));
  return result;
}

}  // namespace

TEST_CASE("a figure that is a line in log K is crossed within a few trials from a guess nearby") {
  for (const double crossing : {1.5, 2.0, 16.0, 100.3, 4096.0, 50000.7})
    for (const double guess_factor : {0.8, 1.0, 1.3})
      for (const double slope_factor : {0.8, 1.0, 1.2}) {
        CAPTURE(crossing, guess_factor, slope_factor);
        const Checked result = search(65536, crossing * guess_factor, 4 * slope_factor,
                                      [&](std::uint32_t k) { return 4 * std::log(k / crossing); });
        CHECK(result.found == static_cast<std::uint32_t>(std::ceil(crossing)));
        CHECK(result.trials <= 12);
      }
}

TEST_CASE("a figure without bound at the end of its line is crossed within a few trials there") {
  const vqi::detail::CrossingLine line{35135};
  for (const double crossing : {20.0, 17000.5, 34836.0, 35133.2}) {
    CAPTURE(crossing);
    std::size_t trials = 0;
    const std::uint32_t found = vqi::detail::find_crossing({35135, 16, 4, line, 0}, [&](std::uint32_t k) {
      ++trials;
      const double residual = 3.5 * (line.position(k) - line.position(crossing));
      return vqi::detail::CrossingTrial{residual, residual >= 0};
    });
    CHECK(found == static_cast<std::uint32_t>(std::ceil(crossing)));
    CHECK(trials <= 12);
  }
}

TEST_CASE("noise that mixes neighbours up costs two or three trials more, not a search of all that it covers") {
  vqi::detail::Random random(3);
  constexpr int rounds = 400;
  for (const double scatter_k : {0.0, 3.0, 10.0}) {
    std::size_t trials = 0;
    for (int round = 0; round < rounds; ++round) {
      const double crossing = 9000 + static_cast<double>(random.below(2000));
      const auto noise = [&] { return (static_cast<double>(random.below(2001)) - 1000) / 577; };  // of deviation 1
      const auto residual = [&](std::uint32_t k) {
        return 4 * (std::log(k / crossing) + scatter_k / crossing * noise());
      };
      trials += search(65536, crossing * 1.1, 4.4, residual, scatter_k).trials;
    }
    CAPTURE(scatter_k);
    CHECK(static_cast<double>(trials) / rounds <= (scatter_k > 0 ? 7 : 5.5));
  }
}

TEST_CASE("noise that neighbours share costs few trials more where the search knows of it") {
  vqi::detail::Random random(11);
  constexpr int rounds = 200;
  constexpr double scatter_k = 25;
  std::size_t trials = 0;
  std::size_t most = 0;
  for (int round = 0; round < rounds; ++round) {
    // Each number is 0.8 of its neighbour and something new, of deviation 1 in all.
    std::vector<double> noise(4000);
    for (std::size_t i = 1; i < noise.size(); ++i)
      noise[i] = 0.8 * noise[i - 1] + 0.6 * (static_cast<double>(random.below(2001)) - 1000) / 577;
    const double crossing = 9000 + static_cast<double>(random.below(2000));
    const auto residual = [&](std::uint32_t k) {
      return 4 * (std::log(k / crossing) + scatter_k / crossing * noise[k % noise.size()]);
    };
    std::size_t own = 0;
    static_cast<void>(
        vqi::detail::find_crossing({65536, crossing * 1.02, 4.4, {}, scatter_k, true}, [&](std::uint32_t k) {
          ++own;
          return vqi::detail::CrossingTrial{residual(k), residual(k) >= 0};
        }));
    trials += own;
    most = std::max(most, own);
  }
  CHECK(static_cast<double>(trials) / rounds <= 8.5);
  CHECK(most <= 16);
}

TEST_CASE("a crossing outside is found at the ends") {
  CHECK(search(300, 20, 1, [](std::uint32_t) { return 1.0; }).found == 1);
  CHECK(search(300, 20, 1, [](std::uint32_t) { return -1.0; }).found == 301);
  CHECK(search(1, 20, 1, [](std::uint32_t) { return 1.0; }).found == 1);
  CHECK(search(1, 0.1, 1, [](std::uint32_t) { return -1.0; }).found == 2);
}

TEST_CASE("a search from a trial that was made before stays above it") {
  // Two crossings, at 10 and 50.5; from 20 on only the second is of interest.
  const auto passes = [](std::uint32_t k) { return (k >= 10 && k < 20) || k > 50; };
  for (const double guess : {1.0, 21.0, 45.0, 300.0}) {
    CAPTURE(guess);
    vqi::detail::CrossingSearch search{300, guess, 4, {}, 0};
    search.low = {20, {-1, false}};
    std::map<std::uint32_t, bool> tried{{20, false}};
    const std::uint32_t found = vqi::detail::find_crossing(search, [&](std::uint32_t k) {
      REQUIRE(k > 20);
      REQUIRE(tried.emplace(k, passes(k)).second);
      return vqi::detail::CrossingTrial{passes(k) ? 1.0 : -1.0, passes(k)};
    });
    CHECK(found == 51);
    CHECK(tried.count(50) == 1);
  }
  vqi::detail::CrossingSearch ended{20, 5, 4, {}, 0};
  ended.low = {20, {-1, false}};
  CHECK(vqi::detail::find_crossing(ended, [](std::uint32_t) -> vqi::detail::CrossingTrial { throw 0; }) == 21);
}

TEST_CASE("noise, steps, plateaus, infinities and wrong slopes end at a true pair in bounded time") {
  vqi::detail::Random random(7);
  for (int round = 0; round < 2000; ++round) {
    const auto k_max = static_cast<std::uint32_t>(1 + random.below(std::uint64_t{1} << (1 + random.below(16))));
    const double crossing = 1 + static_cast<double>(random.below(k_max));
    const double guess = 1 + static_cast<double>(random.below(k_max));
    const double slope = std::exp(static_cast<double>(random.below(20)) - 10);
    const std::uint64_t kind = random.below(5);
    const auto noise = [&] { return (static_cast<double>(random.below(2001)) - 1000) / 1000; };
    const auto residual = [&](std::uint32_t k) {
      const double line = 4 * std::log(k / crossing);
      if (kind == 0) return line + 0.05 * noise();
      if (kind == 1) return std::floor(line) + 0.5;
      if (kind == 2) return line < 0 ? -1e-9 : 1e-9;
      if (kind == 3) return line < 0 ? line : std::numeric_limits<double>::infinity();
      return noise();
    };
    CAPTURE(round, kind, k_max, crossing, guess, slope);
    CHECK(search(k_max, guess, slope, residual, 0, round % 2 == 0).trials <= 100);
  }
}
