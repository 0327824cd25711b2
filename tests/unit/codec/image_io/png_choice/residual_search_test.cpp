// ResidualSearch: without a price it takes nearest colours; with one it lowers the whole cost.
#include "residual_search.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

using namespace vqi::detail;

namespace {

struct RowFixture {
  std::vector<ColourSet::Colour> colours;
  std::vector<PremultipliedColour> pixels;
  std::vector<std::uint8_t> nearest;
  SymbolCounts counts;

  RowFixture() {
    for (std::uint32_t i = 0; i < 32; ++i) colours.push_back(0xFF000000 | i * 8);
    std::uint32_t noise = 1;
    const IndexColours index(colours);
    for (int x = 0; x < 500; ++x) {
      noise = noise * 1664525 + 1013904223;
      pixels.push_back({static_cast<std::int16_t>(x / 3 + static_cast<int>(noise >> 27)), 0, 0, 255});
      nearest.push_back(index.nearest_from(pixels.back(), 0));
    }
    counts.main[0] = 300;
    for (std::size_t i = 1; i < 16; ++i) counts.main[i] = counts.main[256 - i] = 20;
    counts.main[first_length_symbol] = 20;
    counts.distances[0] = 20;
  }

  template <typename Targets>
  std::vector<std::uint8_t> search(std::uint32_t lambda_64, const IndexColours& index, Targets targets) {
    const SearchCosts costs(symbol_prices(counts), lambda_64);
    std::vector<std::uint8_t> chosen(pixels.size());
    SymbolCounts found;
    targets.begin_row(0, pixels.data(), nearest.data());
    ResidualSearch search(index, targets, costs, {4, 12, 8}, static_cast<std::uint32_t>(pixels.size()));
    search.search({nullptr, nullptr, nullptr, chosen.data()}, found);
    return chosen;
  }

  std::vector<std::uint8_t> search(std::uint32_t lambda_64) {
    const IndexColours index(colours);
    return search(lambda_64, index, PlainTargets(index));
  }

  std::vector<std::uint8_t> dithered(std::uint32_t lambda_64) {
    const IndexColours index(colours);
    const Diffusion diffusion(colours, full_strength, {});
    return search(lambda_64, index, DiffusedTargets(diffusion, index, static_cast<std::uint32_t>(pixels.size())));
  }

  /// The mean distance of means over 20 pixels.
  [[nodiscard]] double blurred_error(const std::vector<std::uint8_t>& chosen) const {
    double error = 0;
    for (std::size_t begin = 0; begin + 20 <= chosen.size(); begin += 20) {
      int sum = 0;
      for (std::size_t x = begin; x < begin + 20; ++x) sum += chosen[x] * 8 - pixels[x].red;
      error += std::abs(sum) / 20.0;
    }
    return error * 20 / static_cast<double>(chosen.size());
  }

  /// Squared error, and sum of residuals that are not zero.
  std::pair<std::uint64_t, int> cost_of(const std::vector<std::uint8_t>& chosen) const {
    int changes = 0;
    for (std::size_t x = 1; x < chosen.size(); ++x) changes += chosen[x] != chosen[x - 1];
    return {IndexColours(colours).squared_error(pixels, chosen), changes};
  }
};

}  // namespace

TEST_CASE("where bits cost nothing the search over residuals takes the nearest colours") {
  RowFixture row;
  CHECK(row.cost_of(row.search(0)).first == IndexColours(row.colours).squared_error(row.pixels, row.nearest));
}

TEST_CASE("where bits are dear the search over residuals changes the index less often") {
  RowFixture row;
  const auto cheap = row.cost_of(row.search(64));
  const auto dear = row.cost_of(row.search(64 * 100));
  CHECK(dear.second < cheap.second / 2);
  CHECK(dear.first > cheap.first);
}

TEST_CASE("with carried errors means over some pixels are nearer, at the same price of a bit") {
  RowFixture row;
  for (const std::uint32_t lambda_64 : {0U, 64U * 20}) {
    INFO(lambda_64);
    CHECK(row.blurred_error(row.dithered(lambda_64)) < row.blurred_error(row.search(lambda_64)) * 0.9);
  }
}
