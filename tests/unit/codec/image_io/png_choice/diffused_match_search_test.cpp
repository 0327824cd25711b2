// DiffusedMatchSearch: means survive, and where bits are dear repeats are found that keep them.
#include "diffused_match_search.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "png_rows.hpp"

using namespace vqi::detail;

namespace {

constexpr std::uint32_t width = 301;
constexpr std::uint32_t height = 40;

/// A soft slope of greys in few colours, searched row by row.
struct Slope {
  std::vector<ColourSet::Colour> colours;
  std::vector<PremultipliedColour> pixels;
  SymbolCounts found;

  explicit Slope(std::uint32_t count) {
    for (std::uint32_t k = 0; k < count; ++k) colours.push_back(0xFF000000 | (k * 255 / (count - 1)) * 0x010101);
    for (std::uint32_t y = 0; y < height; ++y)
      for (std::uint32_t x = 0; x < width; ++x) {
        const auto sample = static_cast<std::int16_t>(40 + x / 2 + y / 4);
        pixels.push_back({sample, sample, sample, 255});
      }
  }

  std::vector<std::uint8_t> search(std::uint32_t lambda_64) {
    const std::uint32_t depth = index_depth(colours.size());
    const IndexColours index(colours);
    const Diffusion diffusion(colours, full_strength, {});
    DiffusedTargets targets(diffusion, index, width);
    SymbolCounts counts;
    counts.main.fill(3);
    counts.distances.fill(10);
    const SearchCosts costs(symbol_prices(counts), lambda_64);
    DiffusedMatchSearch search(targets, index, costs, {2, 2, 1, 8, 16}, width, depth, {});
    std::vector<std::uint8_t> nearest(width);
    std::vector<std::uint8_t> indices(pixels.size());
    found = {};
    for (std::size_t at = 0; at < pixels.size(); at += width) {
      for (std::size_t x = 0; x < width; ++x) nearest[x] = index.nearest_from(pixels[at + x], 0);
      targets.begin_row(at, pixels.data() + at, nearest.data());
      const std::vector<std::uint8_t> wanted = png_rows({width, 1, nearest, colours}, depth, RowFilter::none);
      const std::span<const std::uint8_t> row = search.search(wanted, found);
      REQUIRE(row.size() == wanted.size());
      REQUIRE(row[0] == 0);
      unpack_rows(row, width, depth, std::span(indices).subspan(at, width));
      targets.end_row(indices.data() + at);
    }
    return indices;
  }

  /// The largest difference of means over squares of 16 pixels.
  [[nodiscard]] double worst_mean(const std::vector<std::uint8_t>& indices) const {
    double worst = 0;
    for (std::uint32_t y = 8; y + 16 <= height; y += 16)
      for (std::uint32_t x = 16; x + 32 <= width; x += 16) {
        double sum = 0;
        for (std::uint32_t i = 0; i < 256; ++i) {
          const std::size_t at = std::size_t{y + i / 16} * width + x + i % 16;
          sum += static_cast<double>(colours[indices[at]] & 255) - pixels[at].red;
        }
        worst = std::max(worst, std::abs(sum / 256));
      }
    return worst;
  }

  [[nodiscard]] std::uint32_t steps() const {
    std::uint32_t sum = 0;
    for (const std::uint32_t count : found.main) sum += count;
    return sum;
  }
};

}  // namespace

TEST_CASE("the search over matches dithers at every depth, and takes fewer steps where bits are dear") {
  for (const std::uint32_t count : {2U, 4U, 11U, 30U}) {
    INFO(count << " colours");
    Slope slope(count);
    const double step = 255.0 / (count - 1);
    CHECK(slope.worst_mean(slope.search(1)) < step / 8 + 1);
    const std::uint32_t cheap = slope.steps();
    const auto dear = static_cast<std::uint32_t>(step * step * 8);  // an eighth of the squared step
    CHECK(slope.worst_mean(slope.search(dear)) < step / 2);
    CHECK(slope.steps() < cheap * 3 / 4);
  }
}
