// The search outwards on a line of sums: its order, its ends, and its bound.
#include "outward_search.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <vector>

namespace {

/// Sums in ascending order; the place below the first is 2^64 - 1.
struct Line {
  std::vector<std::int64_t> sums;
  [[nodiscard]] bool contains(std::size_t place) const { return place < sums.size(); }
  [[nodiscard]] std::int64_t sum(std::size_t place) const { return sums[place]; }
  [[nodiscard]] static std::size_t below(std::size_t place) { return place - 1; }
  [[nodiscard]] static std::size_t above(std::size_t place) { return place + 1; }
};

std::vector<std::size_t> visited(const Line& line, std::size_t from, std::size_t most) {
  std::vector<std::size_t> places;
  vqi::detail::search_outwards(
      line, from - 1, from + 1, line.sum(from), [&](std::size_t place, std::uint64_t difference) {
        CHECK(static_cast<std::int64_t>(difference) == std::abs(line.sum(place) - line.sum(from)));
        places.push_back(place);
        return places.size() < most;
      });
  return places;
}

}  // namespace

TEST_CASE("a search outwards visits nearer sums first, and of two as near the lower") {
  const Line line{{-9, -4, -4, 0, 4, 5, 20}};
  CHECK(visited(line, 3, 100) == std::vector<std::size_t>{2, 1, 4, 5, 0, 6});
  CHECK(visited(line, 0, 100) == std::vector<std::size_t>{1, 2, 3, 4, 5, 6});
  CHECK(visited(line, 6, 100) == std::vector<std::size_t>{5, 4, 3, 2, 1, 0});
  CHECK(visited(line, 3, 2) == std::vector<std::size_t>{2, 1});
  CHECK(visited(Line{{7}}, 0, 100).empty());
}

TEST_CASE("a difference of sums proves a distance only where Cauchy and Schwarz do") {
  // Differences (2, 2, 2): the sums differ by 6, the squared distance is 12, and 6^2 = 3 * 12.
  CHECK_FALSE(vqi::detail::is_beyond(6, 12, 3));
  CHECK(vqi::detail::is_beyond(6, 11, 3));
  CHECK_FALSE(vqi::detail::is_beyond(0, 0, 1));
}
