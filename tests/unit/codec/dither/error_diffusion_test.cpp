// Tests of error diffusion: means, the path, limits of errors, and pixels that take no part.
#include "error_diffusion.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "dithered_images.hpp"
#include "test_work.hpp"

namespace vqi {
using namespace test;
namespace {

const std::vector<Colour> black_and_white{{0, 0, 0}, {255, 255, 255}};

std::vector<std::uint16_t> diffused(const Image& image, const SampleArray& codewords,
                                    std::int32_t strength = full_strength, const std::vector<std::uint8_t>& mask = {}) {
  std::vector<std::uint16_t> indices = nearest_map(image, codewords);
  TestWork work;
  diffuse_errors(image, DitherPalette(codewords, image.channels()), strength, mask, indices, work);
  return indices;
}

}  // namespace

TEST_CASE("a flat patch between two codewords has its own colour for a mean") {
  for (const std::uint32_t depth : {8U, 16U}) {
    const std::uint32_t unit = depth == 16 ? 257 : 1;
    const SampleArray codewords = palette_of({{40 * unit}, {200 * unit}}, depth);
    for (const std::uint32_t value : {45U, 80U, 120U, 190U}) {
      const Image image = image_of(
          64, 64, 1, [&](auto, auto) { return Colour{value * unit}; }, depth);
      const double mean = mean_of(codewords, diffused(image, codewords), 64, 0, 0, 64, 64, 0);
      CHECK(mean / unit == Approx(value).margin(1.5));
    }
  }
}

TEST_CASE("a colour inside a tetrahedron of codewords has its own colour for a mean") {
  const SampleArray codewords = palette_of({{0, 0, 0}, {255, 0, 0}, {0, 255, 0}, {0, 0, 255}});
  const Colour colour{60, 90, 40};
  const Image image = image_of(96, 96, 3, [&](auto, auto) { return colour; });
  const std::vector<std::uint16_t> indices = diffused(image, codewords);
  for (std::uint32_t c = 0; c < 3; ++c)
    CHECK(mean_of(codewords, indices, 96, 8, 8, 80, 80, c) == Approx(colour[c]).margin(3));
}

TEST_CASE("rows run right and left in turn") {
  // 76 is nearest to 100, which the first pixel of the path takes; 7/16 of its error make 65.5 of the second, which
  // takes 51, and so on in turn. The row of 255, a codeword, takes and gives nothing.
  const SampleArray codewords = palette_of({{51}, {100}, {255}});
  for (const std::uint32_t grey_row : {0U, 1U}) {
    const Image image = image_of(4, 2, 1, [&](auto, std::uint32_t y) { return Colour{y == grey_row ? 76U : 255U}; });
    const std::vector<std::uint16_t> indices = diffused(image, codewords);
    const auto row = indices.begin() + grey_row * 4;
    CHECK(std::vector(row, row + 4) ==
          (grey_row == 0 ? std::vector<std::uint16_t>{1, 0, 1, 0} : std::vector<std::uint16_t>{0, 1, 0, 1}));
  }
}

TEST_CASE("errors that the palette cannot make good do not pile up to break out where the colour changes") {
  // The left half is far outside of what black and white mix to, the right half is a grey between them.
  const SampleArray codewords = palette_of(black_and_white);
  const Image image = image_of(400, 60, 3, [](std::uint32_t x, auto) {
    return x < 200 ? Colour{255, 0, 0} : Colour{100, 100, 100};
  });
  const std::vector<std::uint16_t> indices = diffused(image, codewords);
  for (std::uint32_t c = 0; c < 3; ++c)
    CHECK(mean_of(codewords, indices, 400, 208, 4, 184, 52, c) == Approx(100).margin(4));
  // Close to the border the mean is right as well.
  CHECK(mean_of(codewords, indices, 400, 204, 4, 16, 52, 0) == Approx(100).margin(25));
  // The nearest mixture of black and white to red is a third of white.
  CHECK(mean_of(codewords, indices, 400, 20, 4, 160, 52, 0) == Approx(85).margin(40));
}

TEST_CASE("a palette far from the picture gives the picture's nearest codeword, flat") {
  const SampleArray codewords = palette_of({{0, 0, 0}, {30, 0, 0}});
  const Image image = image_of(100, 100, 3, [](std::uint32_t x, std::uint32_t y) {
    return Colour{200 + x / 4, 220, 230 + y / 10};
  });
  const std::vector<std::uint16_t> indices = diffused(image, codewords);
  CHECK(mean_of(codewords, indices, 100, 0, 0, 100, 100, 0) == Approx(30).margin(0.5));
}

TEST_CASE("pixels whose colour is a codeword keep it beside a dithered patch") {
  const SampleArray codewords = palette_of({{0, 0, 0}, {128, 128, 128}, {255, 255, 255}});
  const Image image = image_of(64, 64, 3, [](std::uint32_t x, auto) {
    return x % 32 < 16 ? Colour{200, 190, 180} : Colour{128, 128, 128};
  });
  const std::vector<std::uint16_t> indices = diffused(image, codewords);
  for (std::size_t n = 0; n < indices.size(); ++n)
    if (n % 32 >= 16) REQUIRE(indices[n] == 1);
}

TEST_CASE("what the mask leaves out keeps its index, and strength 0 keeps all") {
  const SampleArray codewords = palette_of({{0}, {255}});
  const Image image = image_of(32, 32, 1, [](std::uint32_t x, auto) { return Colour{60 + x * 4}; });
  const std::vector<std::uint16_t> nearest = nearest_map(image, codewords);
  std::vector<std::uint8_t> mask(1024, 0);
  CHECK(diffused(image, codewords, full_strength, mask) == nearest);
  CHECK(diffused(image, codewords, 0) == nearest);
  for (std::size_t n = 512; n < 1024; ++n) mask[n] = 1;
  const std::vector<std::uint16_t> lower = diffused(image, codewords, full_strength, mask);
  CHECK(std::vector(lower.begin(), lower.begin() + 512) == std::vector(nearest.begin(), nearest.begin() + 512));
  CHECK(lower != nearest);
}

TEST_CASE("opaque pixels stay opaque and transparent ones transparent, without errors between them") {
  const SampleArray codewords = palette_of({{0, 0, 0, 0}, {0, 0, 0, 255}, {255, 255, 255, 255}, {255, 255, 255, 90}});
  const Image image = image_of(60, 60, 4, [](std::uint32_t x, std::uint32_t y) {
    if (x < 20) return Colour{77, x * 5, y * 4, 0};
    return x < 40 ? Colour{100, 100, 100, (x - 20) * 12 + 6} : Colour{100, 100, 100, 255};
  });
  const std::vector<std::uint16_t> indices = diffused(image, codewords);
  for (std::size_t n = 0; n < indices.size(); ++n) {
    if (n % 60 < 20) REQUIRE(indices[n] == 0);
    if (n % 60 >= 40) REQUIRE((indices[n] == 1 || indices[n] == 2));
  }
  CHECK(mean_of(codewords, indices, 60, 44, 4, 16, 52, 0) == Approx(100).margin(6));
}

}  // namespace vqi
