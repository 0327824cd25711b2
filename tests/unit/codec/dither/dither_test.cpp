// Tests of what all methods have in common.
#include "dither.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "dithered_images.hpp"
#include "test_images.hpp"
#include "test_work.hpp"

namespace vqi {
using namespace test;
namespace {

constexpr Dither methods[]{Dither::automatic, Dither::diffusion, Dither::blue, Dither::bayer};

std::vector<std::uint16_t> dithered(const Image& image, const SampleArray& codewords, Dither method,
                                    double strength = 1, std::uint32_t threads = 1) {
  std::vector<std::uint16_t> indices = nearest_map(image, codewords);
  TestWork work(threads);
  dither(image, codewords, method, strength, indices, work);
  return indices;
}

/// A few colours of the image itself, so that every kind of alpha is among them.
SampleArray some_colours(const Image& image, std::size_t count) {
  SampleArray codewords(count, image.channels(), image.bit_depth());
  const std::size_t pixel_bytes = image.view().pixel_bytes();
  const std::size_t pixels = image.size_bytes() / pixel_bytes;
  for (std::size_t k = 0; k < count; ++k)
    std::copy_n(image.samples().data() + k * pixels / count * pixel_bytes, pixel_bytes, codewords.row(k));
  return codewords;
}

}  // namespace

TEST_CASE("every method works on every type, the same at 1, 2 and 4 threads") {
  for (std::uint32_t channels = 1; channels <= 4; ++channels)
    for (const std::uint32_t depth : {8U, 16U}) {
      const Image image = make_image(61, 150, channels, depth, Content::smooth);
      const SampleArray codewords = some_colours(image, 11);
      for (const Dither method : methods) {
        const std::vector<std::uint16_t> one = dithered(image, codewords, method);
        REQUIRE((dithered(image, codewords, method, 1, 2) == one));
        REQUIRE((dithered(image, codewords, method, 1, 4) == one));
      }
    }
}

TEST_CASE("none and strength 0 leave the nearest codewords") {
  const Image image = make_image(40, 40, 3, 8, Content::smooth);
  const SampleArray codewords = some_colours(image, 9);
  CHECK(dithered(image, codewords, Dither::none) == nearest_map(image, codewords));
  for (const Dither method : methods) {
    CHECK(dithered(image, codewords, method) != nearest_map(image, codewords));
    CHECK(dithered(image, codewords, method, 0) == nearest_map(image, codewords));
  }
}

TEST_CASE("opaque stays opaque and transparent transparent by every method") {
  const Image image = make_soft_sprite(64);
  const SampleArray codewords =
      palette_of({{0, 0, 0, 0}, {60, 60, 60, 255}, {140, 140, 140, 255}, {100, 100, 100, 128}, {40, 60, 90, 200}});
  const std::vector<std::uint16_t> nearest = nearest_map(image, codewords);
  for (const Dither method : methods) {
    const std::vector<std::uint16_t> indices = dithered(image, codewords, method);
    for (std::size_t n = 0; n < indices.size(); ++n) {
      const std::uint32_t alpha =
          sample_at(image, static_cast<std::uint32_t>(n % 64), static_cast<std::uint32_t>(n / 64), 3);
      if (alpha == 0) REQUIRE(indices[n] == nearest[n]);
      if (alpha == 255) REQUIRE(codewords.at(indices[n], 3) == 255);
    }
  }
}

TEST_CASE("one codeword serves every method") {
  const Image image = make_image(20, 20, 4, 8, Content::noise);
  const SampleArray codewords = palette_of({{1, 2, 3, 4}});
  for (const Dither method : methods) CHECK(dithered(image, codewords, method) == std::vector<std::uint16_t>(400, 0));
}

}  // namespace vqi
