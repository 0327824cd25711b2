// The picture of a palette: its size, the colours of its tiles, and the chequerboard behind alpha.
#include "swatch_picture.hpp"

#include <catch2/catch.hpp>

using namespace vqi::tool;

namespace {

Palette greys(std::size_t count) {
  Palette palette;
  for (std::size_t k = 0; k < count; ++k) {
    const auto value = static_cast<std::uint16_t>(k % 256);
    palette.colours.push_back({{value, value, value, 255}, {}});
  }
  return palette;
}

std::uint32_t red_at(const vqi::Image& image, std::uint32_t x, std::uint32_t y) {
  return std::to_integer<std::uint32_t>(image.row(y)[3 * x]);
}

}  // namespace

TEST_CASE("up to 64 colours have large tiles in rows of 8, each with its colour in the middle") {
  const vqi::Image image = draw_swatches(greys(9));
  CHECK(image.width_px() == 8 * 136 + 24);
  CHECK(image.height_px() == 2 * 166 + 24);
  for (std::uint32_t k = 0; k < 9; ++k) CHECK(red_at(image, 24 + 56 + k % 8 * 136, 24 + 56 + k / 8 * 166) == k);
  CHECK(red_at(image, 0, 0) == 250);
  CHECK(red_at(image, 24, 24) == 250);  // the corner is round
  CHECK(draw_swatches(greys(3)).width_px() == 3 * 136 + 24);
}

TEST_CASE("up to 256 colours have smaller tiles in rows of 16") {
  const vqi::Image image = draw_swatches(greys(65));
  CHECK(image.width_px() == 16 * 68 + 12);
  CHECK(image.height_px() == 5 * 83 + 12);
  for (std::uint32_t k = 0; k < 65; ++k) CHECK(red_at(image, 12 + 28 + k % 16 * 68, 12 + 28 + k / 16 * 83) == k);
}

TEST_CASE("below a tile stands its colour in digits, of dots as large as the tile is") {
  const auto ink_in = [](const vqi::Image& image, std::uint32_t scale) {
    std::size_t ink = 0;
    for (std::uint32_t x = 0; x < 80 * scale; ++x)
      for (std::uint32_t y = 70 * scale; y < 80 * scale; ++y) ink += red_at(image, x, y) == 70 ? 1U : 0U;
    return ink;
  };
  const std::size_t small = ink_in(draw_swatches(greys(65)), 1);
  CHECK(small > 60);
  CHECK(ink_in(draw_swatches(greys(1)), 2) == 4 * small);
}

TEST_CASE("many colours lie side by side without digits") {
  const vqi::Image image = draw_swatches(greys(257));
  CHECK(image.width_px() == 17 * 12);
  CHECK(image.height_px() == 16 * 12);
  CHECK(red_at(image, 5, 5) == 0);
  CHECK(red_at(image, 11 + 12, 5) == 1);
}

TEST_CASE("what is transparent shows a chequerboard") {
  Palette palette;
  palette.colours = {{{9, 9, 9, 0}, {}}};
  const vqi::Image image = draw_swatches(palette);
  CHECK(red_at(image, 24 + 40, 24 + 40) != red_at(image, 24 + 56, 24 + 40));
}
