// Tests of dithering by thresholds: means, places, exact colours and alpha.
#include "ordered_dither.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "dithered_images.hpp"
#include "test_images.hpp"
#include "test_work.hpp"

namespace vqi {
using namespace test;
namespace {

std::vector<std::uint16_t> ordered(const Image& image, const SampleArray& codewords, const ThresholdTile& tile,
                                   std::uint32_t threads = 1) {
  std::vector<std::uint16_t> indices = nearest_map(image, codewords);
  TestWork work(threads);
  order_dither(image, DitherPalette(codewords, image.channels()), full_strength, tile, indices, work);
  return indices;
}

const SampleArray corners = palette_of(
    {{0, 0, 0}, {255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 0}, {0, 255, 255}, {255, 0, 255}, {255, 255, 255}});

}  // namespace

TEST_CASE("a flat patch between codewords has its own colour for a mean, by either tile") {
  for (const ThresholdTile& tile : {blue_noise_tile(), bayer_tile()})
    for (const Colour& colour : {Colour{60, 90, 40}, Colour{128, 128, 128}, Colour{240, 200, 20}}) {
      const Image image = image_of(64, 64, 3, [&](auto, auto) { return colour; });
      const std::vector<std::uint16_t> indices = ordered(image, corners, tile);
      for (std::uint32_t c = 0; c < 3; ++c)
        CHECK(mean_of(corners, indices, 64, 0, 0, 64, 64, c) == Approx(colour[c]).margin(16));  // 1/16 of the range
    }
}

TEST_CASE("deep grey has its own value for a mean") {
  const SampleArray codewords = palette_of({{10000}, {30000}}, 16);
  const Image image = image_of(
      64, 64, 1, [](auto, auto) { return Colour{17500}; }, 16);
  CHECK(mean_of(codewords, ordered(image, codewords, blue_noise_tile()), 64, 0, 0, 64, 64, 0) ==
        Approx(17500).margin(700));
}

TEST_CASE("an index depends on the pixel's colour and place alone") {
  const Image first = make_image(70, 300, 3, 8, Content::smooth);
  Image second = make_image(70, 300, 3, 8, Content::noise);
  for (std::uint32_t y = 100; y < 140; ++y)
    for (std::uint32_t x = 20; x < 50; ++x)
      for (std::uint32_t c = 0; c < 3; ++c)
        store_sample(second.row(y), std::size_t{x} * 3 + c, 8, sample_at(first, x, y, c));
  for (const ThresholdTile& tile : {blue_noise_tile(), bayer_tile()}) {
    const std::vector<std::uint16_t> a = ordered(first, corners, tile);
    const std::vector<std::uint16_t> b = ordered(second, corners, tile);
    for (std::uint32_t y = 100; y < 140; ++y)
      for (std::uint32_t x = 20; x < 50; ++x) REQUIRE(a[y * 70 + x] == b[y * 70 + x]);
  }
}

TEST_CASE("the map is the same at 1, 2 and 4 threads") {
  const Image image = make_image(90, 400, 3, 8, Content::smooth);
  const std::vector<std::uint16_t> one = ordered(image, corners, blue_noise_tile(), 1);
  CHECK(ordered(image, corners, blue_noise_tile(), 2) == one);
  CHECK(ordered(image, corners, blue_noise_tile(), 4) == one);
}

TEST_CASE("colours of the palette stay as they are") {
  const Image image = image_of(32, 32, 3, [](std::uint32_t x, std::uint32_t y) {
    return (x / 4 + y / 4) % 2 == 0 ? Colour{255, 0, 255} : Colour{0, 255, 0};
  });
  CHECK(ordered(image, corners, bayer_tile()) == nearest_map(image, corners));
}

TEST_CASE("soft alpha is mixed, opaque pixels stay opaque and transparent ones transparent") {
  const SampleArray codewords = palette_of({{0, 0}, {0, 255}, {255, 255}});
  const Image image = image_of(64, 64, 2, [](std::uint32_t x, auto) {
    if (x < 16) return Colour{99, 0};
    return x < 48 ? Colour{255, 128} : Colour{100, 255};
  });
  const std::vector<std::uint16_t> indices = ordered(image, codewords, blue_noise_tile());
  for (std::size_t n = 0; n < indices.size(); ++n) {
    if (n % 64 < 16) REQUIRE(indices[n] == 0);
    if (n % 64 >= 48) REQUIRE(indices[n] != 0);
  }
  CHECK(mean_of(codewords, indices, 64, 16, 0, 32, 64, 1) == Approx(128).margin(16));
  CHECK(mean_of(codewords, indices, 64, 48, 0, 16, 64, 0) == Approx(100).margin(20));
}

}  // namespace vqi
