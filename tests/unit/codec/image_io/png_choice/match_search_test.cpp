// MatchSearch: without a price the bytes stay as near as they can; with one, near repeats become equal.
#include "match_search.hpp"

#include <catch2/catch.hpp>
#include <numeric>

using namespace vqi::detail;

namespace {

/// Rows of a pattern of 37 pixels that repeats with a little noise.
struct PatternFixture {
  static constexpr std::uint32_t width = 400;
  static constexpr std::uint32_t height = 6;
  std::vector<ColourSet::Colour> colours;
  std::vector<PremultipliedColour> pixels;
  std::vector<std::uint8_t> rows;
  SymbolCounts counts;

  PatternFixture() {
    for (std::uint32_t i = 0; i < 64; ++i) colours.push_back(0xFF000000 | i * 4);
    std::uint32_t noise = 1;
    const IndexColours index(colours);
    for (std::uint32_t y = 0; y < height; ++y) {
      rows.push_back(0);
      for (std::uint32_t x = 0; x < width; ++x) {
        noise = noise * 1664525 + 1013904223;
        pixels.push_back({static_cast<std::int16_t>(x % 37 * 6 + (noise >> 29)), 0, 0, 255});
        rows.push_back(index.nearest_from(pixels.back(), 0));
      }
    }
    counts.main.fill(3);
    counts.distances.fill(10);
  }

  std::vector<std::uint8_t> search(std::uint32_t lambda_64, SymbolCounts& found, std::uint8_t weight = 1) const {
    const IndexColours index(colours);
    const ByteDistances distances(index, pixels, width, 8);
    const SearchCosts costs(symbol_prices(counts), lambda_64);
    MatchSearch search(distances, {&costs, 1}, {4, 2, 1, 8, 16}, width + 1);
    const std::vector<std::uint8_t> weights(rows.size(), weight);
    return search.search({rows, rows, weights}, {&found, 1});
  }

  [[nodiscard]] std::int64_t squared_error(const std::vector<std::uint8_t>& bytes) const {
    const IndexColours index(colours);
    const ByteDistances distances(index, pixels, width, 8);
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) sum += distances.distance(i, bytes[i]);
    return sum;
  }
};

std::uint32_t matches_in(const SymbolCounts& counts) {
  std::uint32_t sum = 0;
  for (const std::uint32_t count : counts.distances) sum += count;
  return sum;
}

std::uint32_t steps_in(const SymbolCounts& counts) {
  std::uint32_t sum = 0;
  for (const std::uint32_t count : counts.main) sum += count;
  return sum;
}

}  // namespace

TEST_CASE("where bits cost nothing the search over matches takes the nearest bytes") {
  const PatternFixture pattern;
  SymbolCounts found;
  CHECK(pattern.squared_error(pattern.search(0, found)) <= pattern.squared_error(pattern.rows));
}

TEST_CASE("where bits are dear the search over matches copies near repeats") {
  const PatternFixture pattern;
  SymbolCounts found;
  const std::vector<std::uint8_t> bytes = pattern.search(64 * 30, found);
  REQUIRE(bytes.size() == pattern.rows.size());
  for (std::uint32_t y = 0; y < PatternFixture::height; ++y) CHECK(bytes[y * (PatternFixture::width + 1)] == 0);
  CHECK(matches_in(found) > 5);
  CHECK(steps_in(found) < bytes.size() / 4);
}

TEST_CASE("where errors weigh more the search over matches makes fewer of them") {
  const PatternFixture pattern;
  SymbolCounts light;
  SymbolCounts heavy;
  const std::int64_t light_error = pattern.squared_error(pattern.search(64 * 30, light));
  const std::int64_t heavy_error = pattern.squared_error(pattern.search(64 * 30, heavy, MatchSearch::largest_weight));
  CHECK(heavy_error < light_error);
}

TEST_CASE("matches reach into the window before a strip, and symbols are counted in their regions") {
  constexpr std::uint32_t side = 400;  // two and a half regions
  std::vector<ColourSet::Colour> colours;
  for (std::uint32_t i = 0; i < 64; ++i) colours.push_back(0xFF000000 | i * 4);
  const IndexColours index(colours);
  std::uint32_t noise = 1;
  std::vector<std::uint8_t> strip;
  std::vector<PremultipliedColour> pixels;
  for (std::uint32_t y = 0; y < side; ++y) {
    strip.push_back(0);
    for (std::uint32_t x = 0; x < side; ++x) {
      noise = noise * 1664525 + 1013904223;
      strip.push_back(static_cast<std::uint8_t>(noise >> 26));
      pixels.push_back({static_cast<std::int16_t>(strip.back() * 4), 0, 0, 255});
    }
  }
  const std::size_t window = 30'000;
  std::vector<std::uint8_t> wanted(strip.begin(), strip.begin() + window);
  wanted.insert(wanted.end(), strip.begin(), strip.end());
  SymbolCounts first;
  first.main.fill(3);
  first.distances.fill(10);
  const std::size_t regions = (strip.size() + MatchSearch::region_bytes - 1) / MatchSearch::region_bytes;
  const std::vector<SearchCosts> costs(regions, SearchCosts(symbol_prices(first), 8));
  const ByteDistances distances(index, pixels, side, 8);
  std::vector<SymbolCounts> found(regions);
  MatchSearch search(distances, costs, {4, 2, 1, 8, 16}, side + 1);
  const std::vector<std::uint8_t> weights(strip.size(), 1);
  CHECK((search.search({wanted, strip, weights}, found) == strip));
  CHECK(found[0].distances[distance_symbol(window)] > window / longest_match / 2);
  for (const SymbolCounts& counts : found)
    CHECK(std::accumulate(counts.main.begin(), counts.main.begin() + literal_symbols, 0U) > 10'000);
}

TEST_CASE("the search over matches finds the bytes of filtered rows again where bits cost nothing") {
  const PatternFixture pattern;
  PaletteMap map{PatternFixture::width, PatternFixture::height, {}, {}};
  for (std::size_t i = 0; i < pattern.rows.size(); ++i)
    if (i % (PatternFixture::width + 1) != 0) map.indices.push_back(pattern.rows[i]);
  const std::vector<RowFilter> filters{RowFilter::sub, RowFilter::up,    RowFilter::none,
                                       RowFilter::up,  RowFilter::paeth, RowFilter::average};
  const std::vector<std::uint8_t> filtered = png_rows(map, 8, filters);
  const IndexColours index(pattern.colours);
  const ByteDistances distances(index, pattern.pixels, PatternFixture::width, 8);
  const std::vector<std::uint8_t> weights(filtered.size(), std::uint8_t{1});
  const auto search_at = [&](std::uint32_t lambda_64, SymbolCounts& found) {
    const SearchCosts costs(symbol_prices(pattern.counts), lambda_64);
    MatchSearch search(distances, {&costs, 1}, {4, 2, 1, 8, 16}, PatternFixture::width + 1);
    return search.search({filtered, pattern.rows, weights, pattern.rows, filters}, {&found, 1});
  };
  SymbolCounts found;
  CHECK(pattern.squared_error(search_at(0, found)) <= pattern.squared_error(pattern.rows));
  SymbolCounts found_where_dear;
  const std::vector<std::uint8_t> bytes = search_at(64 * 30, found_where_dear);
  REQUIRE(bytes.size() == filtered.size());
  for (std::uint32_t y = 0; y < PatternFixture::height; ++y) CHECK(bytes[y * (PatternFixture::width + 1)] == 0);
  CHECK(pattern.squared_error(bytes) < forbidden_distance);
  CHECK(steps_in(found_where_dear) < steps_in(found) / 2);
}
