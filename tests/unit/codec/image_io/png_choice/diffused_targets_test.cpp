// DiffusedTargets: a dither along them keeps means, within the limits of the palette, the mask and alpha.
#include "diffused_targets.hpp"

#include <catch2/catch.hpp>

using namespace vqi::detail;

namespace {

constexpr std::uint32_t width = 64;

std::vector<ColourSet::Colour> greys(const std::vector<std::uint32_t>& values) {
  std::vector<ColourSet::Colour> colours;
  for (const std::uint32_t value : values) colours.push_back(0xFF000000 | value * 0x010101);
  return colours;
}

PremultipliedColour grey(int value) {
  const auto sample = static_cast<std::int16_t>(value);
  return {sample, sample, sample, 255};
}

/// Rows of pixels, each given the colour that is nearest to what is wanted.
struct Dithered {
  std::vector<ColourSet::Colour> colours;
  std::vector<std::uint8_t> indices;
  std::vector<PremultipliedColour> wanted;

  Dithered(const std::vector<ColourSet::Colour>& palette, const std::vector<PremultipliedColour>& pixels,
           std::int32_t strength, std::span<const std::uint8_t> mask = {})
      : colours(palette), indices(pixels.size()), wanted(pixels.size()) {
    const IndexColours index(palette);
    const Diffusion diffusion(palette, strength, mask);
    DiffusedTargets targets(diffusion, index, width);
    std::vector<std::uint8_t> nearest(width);
    for (std::size_t at = 0; at < pixels.size(); at += width) {
      for (std::size_t x = 0; x < width; ++x) nearest[x] = index.nearest_from(pixels[at + x], 0);
      targets.begin_row(at, pixels.data() + at, nearest.data());
      CarriedError carried;
      for (std::uint32_t x = 0; x < width; ++x) {
        const std::uint8_t chosen = targets.nearest(x, carried);
        indices[at + x] = chosen;
        carried = targets.carried(x, chosen, carried);
      }
      targets.end_row(indices.data() + at, wanted.data() + at);
    }
  }

  [[nodiscard]] double mean(std::size_t begin, std::size_t end) const {
    double sum = 0;
    for (std::size_t i = begin; i < end; ++i) sum += colours[indices[i]] & 255;
    return sum / static_cast<double>(end - begin);
  }
};

}  // namespace

TEST_CASE("a grey between two colours becomes their mixture at full strength, and the nearer one without") {
  const std::vector<PremultipliedColour> pixels(width * 40, grey(110));
  const Dithered full(greys({100, 140}), pixels, full_strength);
  CHECK(full.mean(width * 8, pixels.size()) == Approx(110).margin(1));
  CHECK(Dithered(greys({100, 140}), pixels, 0).mean(0, pixels.size()) == 100);
}

TEST_CASE("errors behind the last colour do not pile up to break out elsewhere") {
  std::vector<PremultipliedColour> pixels(width * 60, grey(255));
  pixels.insert(pixels.end(), width * 20, grey(105));
  const Dithered found(greys({100, 110}), pixels, full_strength);
  CHECK(found.mean(0, width * 60) == 110);
  CHECK(found.mean(width * 62, width * 66) == Approx(105).margin(3));
}

TEST_CASE("pixels outside the mask, and those whose colour is there, neither take nor give") {
  std::vector<PremultipliedColour> pixels(width * 10, grey(110));
  std::vector<std::uint8_t> mask(pixels.size(), 1);
  for (std::size_t i = 0; i < width * 5; ++i) mask[i] = 0;
  const Dithered masked(greys({100, 140}), pixels, full_strength, mask);
  CHECK(masked.mean(0, width * 5) == 100);
  CHECK(masked.mean(width * 5, width * 10) > 103);
  for (std::size_t i = 0; i < width * 10; i += 2) pixels[i] = grey(100);
  const Dithered mixed(greys({100, 140}), pixels, full_strength);
  for (std::size_t i = 0; i < pixels.size(); i += 2) REQUIRE(mixed.indices[i] == 0);
}

TEST_CASE("opaque pixels stay opaque, transparent ones transparent, and translucent ones mix") {
  std::vector<PremultipliedColour> pixels(width * 30, PremultipliedColour{0, 0, 0, 0});
  for (std::size_t i = 0; i < pixels.size(); ++i)
    if (i % width >= 40)
      pixels[i] = grey(90);
    else if (i % width >= 10)
      pixels[i] = {40, 40, 40, 120};
  const std::vector<ColourSet::Colour> colours{0x00000000, 0x64505050, 0xB4505050, 0xFF505050, 0xFFC0C0C0};
  const Dithered found(colours, pixels, full_strength);
  double alpha = 0;
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const std::uint32_t chosen = colours[found.indices[i]] >> 24;
    if (i % width < 10)
      REQUIRE(chosen == 0);
    else if (i % width >= 40)
      REQUIRE(chosen == 255);
    else
      alpha += chosen;
  }
  CHECK(alpha / (30 * 30) == Approx(120).margin(8));
}

TEST_CASE("what was wanted is the pixel and the errors before it, within the range of samples") {
  const std::vector<PremultipliedColour> pixels(width * 4, grey(250));
  const Dithered found(greys({200, 255}), pixels, full_strength);
  CHECK(found.wanted[0].red == 250);
  CHECK(found.indices[0] == 1);
  CHECK(found.wanted[1].red == 248);  // 250 - 5 * 7 / 16
  for (const PremultipliedColour& pixel : found.wanted) CHECK(pixel.red <= 255);
}
