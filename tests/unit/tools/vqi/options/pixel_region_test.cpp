// parse_region: four numbers, and texts that are no rectangle.
#include "pixel_region.hpp"

#include <catch2/catch.hpp>

#include "thrown_error.hpp"

using vqi::tool::parse_region;
using vqi::tool::PixelRegion;

TEST_CASE("a region is four whole numbers with commas between them, and anything else is refused") {
  CHECK(parse_region("1,2,3,4") == PixelRegion{1, 2, 3, 4});
  CHECK(parse_region("0,0,4294967295,1") == PixelRegion{0, 0, 4294967295U, 1});
  for (const char* wrong : {"", "1", "1,2,3", "1,2,3,", "1,2,3,4,", "1,2,3,4,5", "1,2,0,4", "1,2,3,0", "-1,2,3,4",
                            "+1,2,3,4", "1 ,2,3,4", "1,,3,4", "1,2,3,4294967296", "0x1,2,3,4"}) {
    INFO(wrong);
    const auto error = vqi::test::thrown_by([&] { static_cast<void>(parse_region(wrong)); });
    CHECK(error.code == vqi::ErrorCode::invalid_option);
  }
}
