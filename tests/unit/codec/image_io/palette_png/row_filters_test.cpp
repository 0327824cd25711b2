// choose_row_filters: fewer bytes than any one filter where parts of a picture want different ones.
#include "row_filters.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "deflate.hpp"

using namespace vqi::detail;

namespace {

constexpr DeflateEffort by_level_9{0, 9};

std::size_t deflated(const std::vector<std::uint8_t>& rows) {
  return deflate(rows, by_level_9, [] {}).size();
}

/// Above columns of noise, each of which goes on downwards by steps of one, as Up likes it; below words, which None
/// keeps alike.
PaletteMap columns_above_words(std::uint32_t width, std::uint32_t height) {
  PaletteMap map{width, height, std::vector<std::uint8_t>(std::size_t{width} * height), {}};
  std::uint32_t state = 5;
  const auto random = [&] { return (state = state * 1664525 + 1013904223) >> 24; };
  std::vector<std::uint8_t> letters(64 * 8);
  std::uint32_t word = 0;
  for (std::uint8_t& letter : letters) letter = static_cast<std::uint8_t>(random());
  for (std::uint32_t x = 0; x < width; ++x) map.indices[x] = static_cast<std::uint8_t>(random());
  for (std::uint32_t y = 1; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x) {
      const std::size_t at = std::size_t{y} * width + x;
      const std::uint8_t above = map.indices[at - width];
      if (y < height / 2)
        map.indices[at] = static_cast<std::uint8_t>(above + (random() > 200 ? 1 : 0));
      else
        map.indices[at] = letters[x % 8 == 0 ? (word = random() % 64) * 8 : word * 8 + x % 8];
    }
  return map;
}

}  // namespace

TEST_CASE("filters chosen for rows take fewer bytes than any one filter where halves of a picture differ") {
  const PaletteMap map = columns_above_words(200, 160);
  const std::vector<RowFilter> filters = choose_row_filters(map, 8, RowFilter::none, 1, [] {});
  REQUIRE(filters.size() == 160);
  const std::size_t chosen = deflated(png_rows(map, 8, filters));
  for (const RowFilter filter :
       {RowFilter::none, RowFilter::sub, RowFilter::up, RowFilter::average, RowFilter::paeth}) {
    INFO("filter " << static_cast<int>(filter));
    CHECK(chosen < deflated(png_rows(map, 8, filter)) * 95 / 100);
  }
}

TEST_CASE("the first row has neither Up nor Average nor Paeth") {
  const PaletteMap map = columns_above_words(50, 4);
  for (const RowFilter start : {RowFilter::none, RowFilter::up, RowFilter::paeth})
    CHECK(choose_row_filters(map, 8, start, 2, [] {})[0] <= RowFilter::sub);
}

TEST_CASE("filters are chosen for rows that are longer than the window") {
  const PaletteMap map = columns_above_words(70'000, 3);
  const std::vector<RowFilter> filters = choose_row_filters(map, 8, RowFilter::none, 2, [] {});
  CHECK(deflated(png_rows(map, 8, filters)) <= deflated(png_rows(map, 8, RowFilter::none)));
  CHECK((choose_row_filters(map, 8, RowFilter::none, 2, [] {}) == filters));
}

TEST_CASE("choosing filters stops when told") {
  const auto stop = [] { throw std::runtime_error("stop"); };
  CHECK_THROWS_AS(choose_row_filters(columns_above_words(9, 4), 8, RowFilter::none, 1, stop), std::runtime_error);
}
