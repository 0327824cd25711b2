// Which maps are coded with rows side by side: those whose neighbourhoods seldom come again.
#include "row_order.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "index_maps.hpp"

using vqi::detail::seldom_repeats;
using vqi::test::make_map;
using vqi::test::MapKind;

namespace {

/// A tile of noise again and again, as letters are on a page.
std::vector<std::uint16_t> tiled(std::uint32_t width, std::uint32_t height) {
  constexpr std::uint32_t side = 16;
  const std::vector<std::uint16_t> tile = make_map(MapKind::noise, side, side, 40);
  std::vector<std::uint16_t> map;
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x) map.push_back(tile[y % side * side + x % side]);
  return map;
}

}  // namespace

TEST_CASE("noise seldom repeats, one tile repeats, and one index has nothing to repeat") {
  CHECK(seldom_repeats(make_map(MapKind::noise, 100, 80, 40), 100));
  CHECK_FALSE(seldom_repeats(tiled(160, 128), 160));
  CHECK_FALSE(seldom_repeats(make_map(MapKind::one_index, 100, 80, 40), 100));
}

TEST_CASE("bands of a large map tell what it is, and maps without room for a neighbourhood are coded row by row") {
  CHECK(seldom_repeats(make_map(MapKind::noise, 1500, 800, 40), 1500));
  CHECK_FALSE(seldom_repeats(tiled(1500, 800), 1500));
  CHECK_FALSE(seldom_repeats(make_map(MapKind::noise, 4, 100, 40), 4));
  CHECK_FALSE(seldom_repeats(make_map(MapKind::noise, 100, 2, 40), 100));
}
