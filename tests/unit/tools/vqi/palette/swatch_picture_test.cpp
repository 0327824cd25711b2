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

TEST_CASE("a few colours have tiles in a square, each with its colour in the middle") {
  const vqi::Image image = draw_swatches(greys(5));
  CHECK(image.width_px() == 3 * 68 + 12);
  CHECK(image.height_px() == 2 * 83 + 12);
  for (std::uint32_t k = 0; k < 5; ++k) CHECK(red_at(image, 12 + 28 + k % 3 * 68, 12 + 28 + k / 3 * 83) == k);
  CHECK(red_at(image, 0, 0) == 250);
  CHECK(red_at(image, 12, 12) == 250);  // the corner is round
}

TEST_CASE("below a tile stands its colour in digits") {
  const vqi::Image image = draw_swatches(greys(1));
  std::size_t ink = 0;
  for (std::uint32_t x = 0; x < image.width_px(); ++x)
    for (std::uint32_t y = 70; y < 80; ++y) ink += red_at(image, x, y) == 70 ? 1U : 0U;
  CHECK(ink > 60);
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
  CHECK(red_at(image, 12 + 20, 12 + 20) != red_at(image, 12 + 28, 12 + 20));
}
