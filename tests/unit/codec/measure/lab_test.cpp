// LabConverter against figures of scikit-image and the properties of the scale.
#include "lab.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <vector>

TEST_CASE("sRGB colours have the L*a*b* of scikit-image to its rounding of the primaries") {
  // skimage.color.rgb2lab, version 0.19.3, whose matrix and white have six digits: hence the margin.
  struct Case {
    std::array<std::uint32_t, 3> rgb;
    vqi::Lab expected;
  };
  const std::vector<Case> cases{
      {{255, 0, 0}, {53.24058794, 80.09230823, 67.20275104}},
      {{0, 255, 0}, {87.73509949, -86.18302974, 83.17970318}},
      {{0, 0, 255}, {32.29567257, 79.18559091, -107.85730021}},
      {{12, 100, 200}, {43.30127969, 15.36741447, -58.38652092}},
      {{3, 2, 1}, {0.58686892, 0.12242068, 0.47062806}},
  };
  const vqi::detail::LabConverter from8(255);
  const vqi::detail::LabConverter from16(65535);
  for (const Case& c : cases) {
    CAPTURE(c.rgb[0], c.rgb[1], c.rgb[2]);
    const vqi::Lab lab = from8(c.rgb[0], c.rgb[1], c.rgb[2]);
    CHECK(lab.l == Approx(c.expected.l).margin(0.01));
    CHECK(lab.a == Approx(c.expected.a).margin(0.01));
    CHECK(lab.b == Approx(c.expected.b).margin(0.01));
    const vqi::Lab deep = from16(c.rgb[0] * 257, c.rgb[1] * 257, c.rgb[2] * 257);
    CHECK(deep.l == Approx(lab.l).margin(1e-9));
    CHECK(deep.a == Approx(lab.a).margin(1e-9));
    CHECK(deep.b == Approx(lab.b).margin(1e-9));
  }
}

TEST_CASE("greys rise from L* 0 to 100 without chroma") {
  const vqi::detail::LabConverter from8(255);
  double previous = -1;
  for (std::uint32_t value = 0; value <= 255; ++value) {
    const vqi::Lab lab = from8(value, value, value);
    CHECK(lab.l > previous);
    CHECK(lab.a == Approx(0).margin(1e-9));
    CHECK(lab.b == Approx(0).margin(1e-9));
    previous = lab.l;
  }
  CHECK(from8(0, 0, 0).l == Approx(0).margin(1e-12));
  CHECK(previous == Approx(100).margin(1e-9));
}
