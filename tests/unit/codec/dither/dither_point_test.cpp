// Tests of the points that dithering works on.
#include "dither_point.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "dithered_images.hpp"

namespace vqi {
using namespace test;

TEST_CASE("points are premultiplied where there is alpha") {
  const Image image = image_of(2, 1, 4, [](std::uint32_t x, auto) {
    return Colour{200, 100, 50, x == 0 ? 255U : 51U};
  });
  std::vector<DitherPoint> points(2);
  read_points(image, 0, points);
  CHECK(points[0] == DitherPoint{200, 100, 50, 255});
  CHECK(points[1] == DitherPoint{40, 20, 10, 51});
  const Image grey = image_of(
      1, 1, 2,
      [](auto, auto) {
        return Colour{65535, 6553};
      },
      16);
  read_points(grey, 0, points);
  CHECK(points[0] == DitherPoint{6553, 6553, 0, 0});
}

TEST_CASE("distances are those of all coordinates") {
  CHECK(distance_sq({1, 2, 3, 4}, {2, 4, 6, 8}) == 30);
  CHECK(largest_step({1, 20, 3, 4}, {2, 4, 6, 8}) == 16);
}

}  // namespace vqi
