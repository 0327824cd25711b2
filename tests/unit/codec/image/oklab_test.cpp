// Oklab has the published values, and every colour comes back from it.
#include "oklab.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

using vqi::detail::Oklab;
using vqi::detail::OklabColour;

TEST_CASE("white, black and the primaries have their published coordinates") {
  const Oklab oklab(255);
  const auto near = [](const OklabColour& lab, double l, double a, double b) {
    CHECK(lab.l == Approx(l).margin(0.001));
    CHECK(lab.a == Approx(a).margin(0.001));
    CHECK(lab.b == Approx(b).margin(0.001));
  };
  near(oklab.of_rgb(255, 255, 255), 1, 0, 0);
  near(oklab.of_rgb(0, 0, 0), 0, 0, 0);
  near(oklab.of_rgb(255, 0, 0), 0.62796, 0.22486, 0.12585);
  near(oklab.of_rgb(0, 255, 0), 0.86644, -0.23389, 0.17950);
  near(oklab.of_rgb(0, 0, 255), 0.45201, -0.03246, -0.31153);
}

TEST_CASE("roots and powers agree with the C library") {
  const Oklab oklab(255);
  for (std::uint32_t code = 0; code < 256; ++code) {
    const double value = code / 255.0;
    const double linear = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    CHECK(oklab.of_grey(code) == Approx(std::cbrt(linear)).margin(1e-12));
  }
}

TEST_CASE("each colour comes back, at 8 and at 16 bits") {
  const Oklab oklab(255);
  std::array<std::uint32_t, 3> rgb{};
  for (std::uint32_t r = 0; r < 256; r += 5)
    for (std::uint32_t g = 0; g < 256; g += 5)
      for (std::uint32_t b = 0; b < 256; b += 5) {
        oklab.to_rgb(oklab.of_rgb(r, g, b), rgb.data());
        REQUIRE(rgb == std::array{r, g, b});
      }
  const Oklab deep(65535);
  for (std::uint32_t grey = 0; grey < 65536; grey += 97) {
    CHECK(deep.to_grey(deep.of_grey(grey)) == grey);
    deep.to_rgb(deep.of_rgb(grey, 65535 - grey, 77), rgb.data());
    CHECK(rgb == std::array{grey, 65535 - grey, 77U});
  }
}

TEST_CASE("what lies outside sRGB is clamped") {
  const Oklab oklab(255);
  std::array<std::uint32_t, 3> rgb{};
  oklab.to_rgb({1.2, 0, 0}, rgb.data());
  CHECK(rgb == std::array{255U, 255U, 255U});
  oklab.to_rgb({0.6, 0.4, 0.2}, rgb.data());
  CHECK(rgb[0] == 255);
  CHECK(rgb[1] == 0);
}
