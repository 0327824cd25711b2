// Sums of two lists come in falling order, each once, and of equal ones the earliest first.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "ordered_sums.hpp"

namespace vqi::detail {
namespace {

std::vector<OrderedSums::Places> all_of(OrderedSums sums) {
  std::vector<OrderedSums::Places> all;
  while (const std::optional<OrderedSums::Places> places = sums.next()) all.push_back(*places);
  return all;
}

}  // namespace

TEST_CASE("Sums of two lists come in the order that sorting all of them gives", "[ordered_sums]") {
  std::mt19937 random(5);
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<double> first(random() % 20 + 1);
    std::vector<double> second(random() % 20 + 1);
    for (double& value : first) value = static_cast<double>(random() % 1000);
    for (double& value : second) value = -static_cast<double>(random() % 1000);
    std::sort(first.begin(), first.end(), std::greater<>());
    std::sort(second.begin(), second.end(), std::greater<>());
    std::vector<double> expected;
    for (const double a : first)
      for (const double b : second) expected.push_back(a + b);
    std::sort(expected.begin(), expected.end(), std::greater<>());

    const std::vector<OrderedSums::Places> all = all_of(OrderedSums(first, second));
    REQUIRE(all.size() == expected.size());
    std::set<std::pair<std::size_t, std::size_t>> seen;
    for (std::size_t i = 0; i < all.size(); ++i) {
      CHECK(all[i].sum == expected[i]);
      CHECK(all[i].sum == first[all[i].first] + second[all[i].second]);
      seen.emplace(all[i].first, all[i].second);
    }
    CHECK(seen.size() == all.size());
  }
}

TEST_CASE("Of equal sums that with the earliest place in the first list comes first", "[ordered_sums]") {
  const std::vector<OrderedSums::Places> all = all_of(OrderedSums({1, 1}, {2, 2}));
  REQUIRE(all.size() == 4);
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK(all[i].first == i / 2);
    CHECK(all[i].second == i % 2);
  }
}

TEST_CASE("An empty list leaves no sums", "[ordered_sums]") {
  CHECK_FALSE(OrderedSums({}, {1, 2}).next());
  CHECK_FALSE(OrderedSums({1}, {}).next());
  CHECK_FALSE(OrderedSums().next());
}

}  // namespace vqi::detail
