// The order of colours by use, luma and hue.
#include "colour_order.hpp"

#include <catch2/catch.hpp>

using namespace vqi::tool;

namespace {

Palette made(std::vector<Rgba> colours, std::vector<std::uint64_t> counts = {}) {
  Palette palette;
  for (const Rgba& rgba : colours) palette.colours.push_back({rgba, {}});
  palette.counts = std::move(counts);
  return palette;
}

std::vector<Rgba> sorted(Palette palette, PaletteOrder order) {
  sort_palette(palette, order);
  std::vector<Rgba> colours;
  for (const PaletteColour& colour : palette.colours) colours.push_back(colour.rgba);
  return colours;
}

constexpr Rgba black{0, 0, 0, 255};
constexpr Rgba grey{128, 128, 130, 255};
constexpr Rgba white{255, 255, 255, 255};
constexpr Rgba red{255, 0, 0, 255};
constexpr Rgba pink{255, 160, 165, 255};
constexpr Rgba green{0, 200, 0, 255};
constexpr Rgba blue{0, 0, 255, 255};

}  // namespace

TEST_CASE("by use the most used come first, and their counts go with them") {
  Palette palette = made({red, green, blue}, {1, 7, 1});
  sort_palette(palette, PaletteOrder::use);
  CHECK(palette.counts == std::vector<std::uint64_t>{7, 1, 1});
  CHECK(palette.colours[0].rgba == green);
  CHECK(palette.colours[1].rgba == red);
}

TEST_CASE("by luma dark comes before light") {
  CHECK(sorted(made({white, green, blue, red, black}), PaletteOrder::luma) ==
        std::vector<Rgba>{black, blue, red, green, white});
}

TEST_CASE("by hue greys come first, then the circle from red") {
  CHECK(sorted(made({blue, white, pink, green, red, grey, black}), PaletteOrder::hue) ==
        std::vector<Rgba>{black, grey, white, red, pink, green, blue});
}

TEST_CASE("without an order nothing moves") {
  CHECK(sorted(made({white, black}), PaletteOrder::none) == std::vector<Rgba>{white, black});
}
