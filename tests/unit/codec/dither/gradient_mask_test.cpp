// Tests of what counts as a gradient, and what does not.
#include "gradient_mask.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "dithered_images.hpp"
#include "random.hpp"
#include "test_work.hpp"

namespace vqi {
using namespace test;
namespace {

/// The part of the pixels x .. x + width - 1 of all rows that are gradients.
double part_marked(const Image& image, const SampleArray& codewords, std::uint32_t x, std::uint32_t width) {
  const std::vector<std::uint16_t> indices = nearest_map(image, codewords);
  TestWork work;
  const auto mask = find_gradients(image, DitherPalette(codewords, image.channels()), indices, work);
  std::size_t marked = 0;
  for (std::size_t n = 0; n < mask.size(); ++n) {
    const std::size_t column = n % image.width_px();
    marked += column >= x && column < x + width && mask[n] != 0 ? 1U : 0U;
  }
  return static_cast<double>(marked) / (double{1} * width * image.height_px());
}

const SampleArray greys = palette_of({{0, 0, 0}, {60, 60, 60}, {120, 120, 120}, {180, 180, 180}, {240, 240, 240}});

}  // namespace

TEST_CASE("slow and steep gradients are marked") {
  const Image slow = image_of(256, 80, 3, [](std::uint32_t x, auto) {
    return Colour{x / 4 + 30, x / 4 + 30, x / 4 + 30};
  });
  CHECK(part_marked(slow, greys, 0, 256) > 0.95);
  const Image steep = image_of(80, 80, 3, [](std::uint32_t x, auto) { return Colour{x * 3, x * 3, x * 3}; });
  CHECK(part_marked(steep, greys, 0, 80) > 0.9);
}

TEST_CASE("flat areas that no codeword has exactly are left alone, alone and with a soft shadow around them") {
  const Image flat = image_of(128, 64, 3, [](std::uint32_t x, auto) {
    return x < 64 ? Colour{100, 90, 95} : Colour{200, 210, 190};
  });
  CHECK(part_marked(flat, greys, 0, 128) == 0);
  // The page, the shadow, which reaches from x = 160 to 200, and a dark panel.
  const Image page = image_of(256, 100, 3, [](std::uint32_t x, auto) {
    const std::uint32_t shade = x < 160 ? 0 : std::min(x - 160, 40U) * 2;
    return x < 200 ? Colour{230 - shade, 230 - shade, 232 - shade} : Colour{20, 22, 24};
  });
  CHECK(part_marked(page, greys, 0, 159) == 0);
  CHECK(part_marked(page, greys, 165, 30) > 0.9);
  CHECK(part_marked(page, greys, 200, 56) == 0);
}

TEST_CASE("strokes as of text are left alone") {
  const Image text = image_of(120, 60, 3, [](std::uint32_t x, std::uint32_t y) {
    static constexpr std::uint32_t profile[6]{235, 235, 150, 25, 110, 235};  // with soft edges
    const std::uint32_t value = y % 10 < 7 ? profile[x % 6] : 235;
    return Colour{value, value, value};
  });
  CHECK(part_marked(text, greys, 0, 120) < 0.02);
}

TEST_CASE("noise that is stronger than the error of codewords is left alone") {
  std::vector<Colour> cube;
  for (std::uint32_t r = 8; r < 256; r += 30)
    for (std::uint32_t g = 8; g < 256; g += 30)
      for (std::uint32_t b = 8; b < 256; b += 30) cube.push_back({r, g, b});
  Random random(3);
  const Image noise = image_of(100, 100, 3, [&](auto, auto) {
    return Colour{static_cast<std::uint32_t>(random.below(256)), static_cast<std::uint32_t>(random.below(256)),
                  static_cast<std::uint32_t>(random.below(256))};
  });
  CHECK(part_marked(noise, palette_of(cube), 0, 100) < 0.02);
}

}  // namespace vqi
