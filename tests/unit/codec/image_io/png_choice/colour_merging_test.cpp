// merge_colours: what is merged, what never is, and how much a bit has to be worth for it.
#include "colour_merging.hpp"

#include <catch2/catch.hpp>

#include "search_costs.hpp"

using namespace vqi::detail;

namespace {

struct Picture {
  std::vector<PremultipliedColour> pixels;
  PaletteMap map;
};

/// A row with so many pixels of each grey; alpha comes from the palette.
Picture row_of(const std::vector<ColourSet::Colour>& colours, const std::vector<std::size_t>& counts) {
  Picture picture;
  picture.map.colours = colours;
  for (std::size_t k = 0; k < colours.size(); ++k)
    for (std::size_t i = 0; i < counts[k]; ++i) {
      const auto grey = static_cast<std::int16_t>(colours[k] & 255);
      picture.pixels.push_back({grey, grey, grey, static_cast<std::int16_t>(colours[k] >> 24)});
      picture.map.indices.push_back(static_cast<std::uint8_t>(k));
    }
  picture.map.width_px = static_cast<std::uint32_t>(picture.pixels.size());
  picture.map.height_px = 1;
  return picture;
}

std::vector<std::uint8_t> merged(Picture picture, double lambda, std::vector<std::uint32_t> literals = {}) {
  literals.resize(picture.map.colours.size());
  merge_colours(picture.map, picture.pixels, literals, static_cast<std::uint32_t>(lambda * cost_unit));
  return picture.map.indices;
}

}  // namespace

TEST_CASE("two colours are merged once the 29 bits of one are worth the squared error") {
  // 2 pixels move by 3/4 of 4 and 6 by 1/4: 3 samples of 2 * 9 + 6 * 1.
  const Picture picture = row_of({0xFF646464, 0xFF686868}, {2, 6});
  CHECK(merged(picture, 72.0 / 29 - 0.05) == picture.map.indices);
  CHECK(merged(picture, 72.0 / 29 + 0.05) == std::vector<std::uint8_t>(8, 0));
}

TEST_CASE("literals that become alike are worth their shorter codes") {
  const Picture picture = row_of({0xFF646464, 0xFF686868}, {2, 6});
  // 8 literals of two kinds, 2 and 6: 6.49 bits.
  CHECK(merged(picture, 72.0 / 35.49 - 0.05, {2, 6}) == picture.map.indices);
  CHECK(merged(picture, 72.0 / 35.49 + 0.05, {2, 6}) == std::vector<std::uint8_t>(8, 0));
}

TEST_CASE("colours are merged one after the other, with the means of those before") {
  const Picture picture = row_of({0xFF0A0A0A, 0xFF0C0C0C, 0xFF0E0E0E, 0xFFF0F0F0}, {1, 1, 1, 1});
  const std::vector<std::uint8_t> few{0, 0, 0, 3};
  CHECK(merged(picture, 10) == few);
}

TEST_CASE("opaque, translucent and transparent colours are not merged with each other, nor kept ones at all") {
  Picture picture = row_of({0xFF000000, 0xFE000000, 0x00000000, 0xFF010101}, {1, 1, 1, 1});
  const std::vector<std::uint8_t> opaque{0, 1, 2, 0};
  CHECK(merged(picture, 1000) == opaque);
  picture.map.kept = 1;
  CHECK(merged(picture, 1000) == picture.map.indices);
}

TEST_CASE("colours that no pixel has take no part in merging") {
  const Picture picture = row_of({0xFF000000, 0xFF010101, 0xFFFFFFFF}, {3, 0, 3});
  CHECK(merged(picture, 100) == picture.map.indices);
}
