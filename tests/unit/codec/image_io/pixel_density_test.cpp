// per_metre and the like: rounding, ends of the range, and densities that are whole per inch.
#include "pixel_density.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace vqi::detail;

TEST_CASE("densities are rounded to nearest, and 0 outside of what a PNG holds") {
  CHECK(per_metre(2834.6) == 2835);
  CHECK(per_metre(0.5) == 1);
  CHECK(per_metre(0.49) == 0);
  CHECK(per_metre(0x7FFFFFFF) == 0x7FFFFFFF);
  CHECK(per_metre(0x80000000) == 0);
  CHECK(per_metre(-1) == 0);
  CHECK(per_metre(std::numeric_limits<double>::infinity()) == 0);
  CHECK(per_metre(std::numeric_limits<double>::quiet_NaN()) == 0);
  CHECK(per_metre_from_inch(72) == 2835);
  CHECK(per_metre_from_inch(300) == 11811);
}

TEST_CASE("every whole density per inch is found again, others are not") {
  for (std::uint32_t per_inch = 1; per_inch < 10000; ++per_inch)
    CHECK(whole_per_inch(per_metre_from_inch(per_inch)) == per_inch);
  CHECK(whole_per_inch(2836) == 0);
  CHECK(whole_per_inch(0) == 0);
  CHECK(whole_per_inch(1) == 0);
}
