// srgb_from_lab against published values and symmetries.
#include "lab_colour.hpp"

#include <catch2/catch.hpp>

using vqi::detail::srgb_from_lab;
using Colour = std::array<std::uint32_t, 3>;

TEST_CASE("neutral Lab colours are neutral in sRGB") {
  CHECK(srgb_from_lab({100, 0, 0}, 255) == Colour{255, 255, 255});
  CHECK(srgb_from_lab({0, 0, 0}, 255) == Colour{0, 0, 0});
  CHECK(srgb_from_lab({128 * 100.0 / 255, 0, 0}, 255) == Colour{0x77, 0x77, 0x77});
  CHECK(srgb_from_lab({100, 0, 0}, 65535) == Colour{65535, 65535, 65535});
  for (int lightness = 0; lightness <= 100; ++lightness) {
    const Colour grey = srgb_from_lab({static_cast<double>(lightness), 0, 0}, 255);
    CHECK(grey[0] == grey[1]);
    CHECK(grey[1] == grey[2]);
  }
}

TEST_CASE("sRGB's primaries come from their Lab values of D50") {
  // Lab of sRGB's red, green and blue relative to D50, adapted with Bradford's matrix (as in the profiles of sRGB).
  CHECK(srgb_from_lab({54.29, 80.81, 69.89}, 255) == Colour{255, 0, 0});
  CHECK(srgb_from_lab({87.82, -79.29, 80.99}, 255) == Colour{0, 255, 0});
  CHECK(srgb_from_lab({29.57, 68.30, -112.03}, 255) == Colour{0, 0, 255});
}

TEST_CASE("colours outside the gamut are cut to it") {
  CHECK(srgb_from_lab({50, -128, 127}, 255)[0] == 0);
  CHECK(srgb_from_lab({100, 127, 127}, 255)[0] == 255);
}
