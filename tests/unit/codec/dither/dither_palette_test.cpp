// Tests of the limits of errors, and of the codewords that opaque pixels get.
#include "dither_palette.hpp"

#include <catch2/catch.hpp>

#include "dithered_images.hpp"

namespace vqi {
using namespace test;

TEST_CASE("errors that another codeword can make good are left as they are, others are cut") {
  const DitherPalette palette(palette_of({{0, 0, 0}, {100, 100, 100}, {200, 200, 200}}), 3);
  const DitherPoint upwards{90, 90, 90, 0};
  CHECK(palette.limited(upwards, 0, 1) == upwards);
  CHECK(palette.limited(upwards, 1, 1) == upwards);
  // Nothing lies above the last codeword: half the way to a codeword is left, however far the colour is.
  const DitherPoint cut = palette.limited({3000, 3000, 3000, 0}, 2, 1);
  CHECK(cut[0] == cut[1]);
  CHECK(cut[0] == Approx(100).margin(1));
  // Errors in parts of a code value have the same limits.
  CHECK(palette.limited({64 * 3000, 64 * 3000, 64 * 3000, 0}, 2, 64)[0] == Approx(64 * 100).margin(64));
}

TEST_CASE("an opaque pixel gets an opaque codeword even where another one is nearer") {
  const DitherPalette palette(palette_of({{100, 100, 100, 250}, {0, 0, 0, 255}}), 4);
  DitherSearch search(palette);
  CHECK(search.nearest({98, 98, 98, 255}, true) == 1);
  CHECK(search.nearest({98, 98, 98, 255}, false) == 0);
  const DitherPalette thin(palette_of({{100, 100, 100, 250}, {0, 0, 0, 20}}), 4);
  CHECK(DitherSearch(thin).nearest({98, 98, 98, 255}, true) == 0);
}

TEST_CASE("colours outside the range of samples get the codeword nearest to the border") {
  const DitherPalette palette(palette_of({{0}, {255}}), 1);
  DitherSearch search(palette);
  CHECK(search.nearest({-500, 0, 0, 0}, false) == 0);
  CHECK(search.nearest({900, 0, 0, 0}, false) == 1);
}

TEST_CASE("thin white and thick black both are less bright than thick white") {
  const DitherPalette palette(palette_of({{0, 0}, {255, 100}, {0, 255}, {255, 255}}), 2);
  CHECK(palette.brightness(0) < palette.brightness(1));
  CHECK(palette.brightness(1) < palette.brightness(3));
  CHECK(palette.brightness(2) < palette.brightness(3));
}

}  // namespace vqi
