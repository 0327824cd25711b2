// Tests of the search of codewords for single colours.
#include "nearest_cells.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <vector>

#include "random.hpp"

namespace vqi {
using namespace detail;
namespace {

std::vector<DitherPoint> random_points(std::size_t count, std::uint32_t channels, std::uint64_t top, Random& random) {
  std::vector<DitherPoint> points(count);
  for (DitherPoint& point : points)
    for (std::uint32_t c = 0; c < channels; ++c) point[c] = static_cast<std::int32_t>(random.below(top + 1));
  return points;
}

std::uint16_t nearest_by_comparing_all(const std::vector<DitherPoint>& points,
                                       const std::vector<std::uint16_t>& numbers, const DitherPoint& query) {
  std::uint16_t best = numbers.front();
  for (const std::uint16_t number : numbers)
    if (distance_sq(query, points[number]) < distance_sq(query, points[best])) best = number;
  return best;
}

}  // namespace

TEST_CASE("the nearest point is that of a comparison with all, of equal ones the first") {
  Random random(7);
  for (std::uint32_t channels = 1; channels <= 4; ++channels)
    for (const std::int32_t top : {255, 65535})
      for (const std::size_t count : {1U, 2U, 7U, 300U}) {
        const std::vector<DitherPoint> points = random_points(count, channels, static_cast<std::uint64_t>(top), random);
        std::vector<std::uint16_t> numbers(count);
        std::iota(numbers.begin(), numbers.end(), std::uint16_t{0});
        NearestCells cells(points, numbers, channels, top);
        for (const std::int32_t factor : {1, 3})  // in the range of samples, and as far outside as is allowed
          for (DitherPoint query : random_points(500, channels, static_cast<std::uint64_t>(factor * top), random)) {
            for (std::uint32_t c = 0; factor > 1 && c < channels; ++c) query[c] -= top;
            REQUIRE(cells.nearest(query) == nearest_by_comparing_all(points, numbers, query));
          }
      }
}

TEST_CASE("only listed points are found") {
  const std::vector<DitherPoint> points{{10, 10, 10, 0}, {20, 20, 20, 0}, {200, 200, 200, 0}};
  NearestCells cells(points, {0, 2}, 3, 255);
  CHECK(cells.nearest({20, 20, 20, 0}) == 0);
  CHECK(cells.nearest({255, 255, 255, 0}) == 2);
  CHECK(NearestCells(points, {}, 3, 255).empty());
}

}  // namespace vqi
