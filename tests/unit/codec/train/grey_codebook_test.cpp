// The dynamic program: as good as trying every cut.
#include "grey_codebook.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "random.hpp"

namespace {

std::uint64_t cost_of(const std::vector<std::uint32_t>& values, const std::vector<std::uint64_t>& weights,
                      const std::vector<std::uint32_t>& bounds) {
  std::uint64_t total = 0;
  for (std::size_t cell = 0; cell + 1 < bounds.size(); ++cell) {
    const std::int64_t mean = vqi::detail::rounded_mean(values, weights, bounds[cell], bounds[cell + 1]);
    for (std::size_t i = bounds[cell]; i < bounds[cell + 1]; ++i) {
      const std::int64_t delta = values[i] - mean;
      total += weights[i] * static_cast<std::uint64_t>(delta * delta);
    }
  }
  return total;
}

/// The least cost over all cuts into k intervals, by recursion.
std::uint64_t least_by_trial(const std::vector<std::uint32_t>& values, const std::vector<std::uint64_t>& weights,
                             std::vector<std::uint32_t>& bounds, std::uint32_t k) {
  const auto count = static_cast<std::uint32_t>(values.size());
  if (bounds.size() == k) {
    std::vector<std::uint32_t> all = bounds;
    all.push_back(count);
    return cost_of(values, weights, all);
  }
  std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
  for (std::uint32_t next = bounds.back() + 1; next < count; ++next) {
    bounds.push_back(next);
    least = std::min(least, least_by_trial(values, weights, bounds, k));
    bounds.pop_back();
  }
  return least;
}

}  // namespace

TEST_CASE("the dynamic program finds the least distortion of all codebooks of integers") {
  vqi::detail::Random random(5);
  for (int trial = 0; trial < 60; ++trial) {
    std::vector<std::uint32_t> values;
    std::vector<std::uint64_t> weights;
    std::uint32_t value = 0;
    for (int i = 0; i < 11; ++i) {
      value += 1 + static_cast<std::uint32_t>(random.below(trial % 2 == 0 ? 5 : 40));
      values.push_back(value);
      weights.push_back(1 + random.below(9));
    }
    for (std::uint32_t k = 1; k <= 5; ++k) {
      std::vector<std::uint32_t> bounds{0};
      CHECK(cost_of(values, weights, vqi::detail::optimal_intervals(values, weights, k)) ==
            least_by_trial(values, weights, bounds, k));
    }
  }
}

TEST_CASE("with as many codewords as values every value is its own") {
  const std::vector<std::uint32_t> values{1, 4, 9, 200};
  const std::vector<std::uint64_t> weights{1, 2, 3, 4};
  CHECK(vqi::detail::optimal_intervals(values, weights, 4) == std::vector<std::uint32_t>{0, 1, 2, 3, 4});
}
