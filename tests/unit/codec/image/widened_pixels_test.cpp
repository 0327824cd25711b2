// Types that hold each other, and pixels in the larger of them.
#include "widened_pixels.hpp"

#include <catch2/catch.hpp>

#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/codebook.hpp"
#include "vqi/metrics.hpp"

using namespace vqi::detail;

TEST_CASE("the common type holds both, and nothing less does") {
  for (std::uint32_t a = 1; a <= 4; ++a)
    for (std::uint32_t b = 1; b <= 4; ++b)
      for (const std::uint32_t depth : {8U, 16U}) {
        const PixelType common = common_type({a, depth}, {b, 8});
        CHECK(holds(common, {a, depth}));
        CHECK(holds(common, {b, 8}));
        CHECK(common.has_alpha() == (a % 2 == 0 || b % 2 == 0));
        CHECK(common.has_colour() == (a >= 3 || b >= 3));
      }
  CHECK_FALSE(holds({3, 16}, {4, 8}));
  CHECK_FALSE(holds({2, 16}, {3, 8}));
  CHECK_FALSE(holds({4, 8}, {1, 16}));
}

TEST_CASE("a widened image is the same picture") {
  for (std::uint32_t channels = 1; channels <= 4; ++channels)
    for (const std::uint32_t depth : {8U, 16U}) {
      const vqi::Image image = vqi::test::make_image(5, 4, channels, depth, vqi::test::Content::noise);
      const vqi::Image wide = vqi::widened(image, 4, 16);
      CHECK(wide.channels() == 4);
      CHECK(vqi::measure_distortion(image, wide).max_error == 0);
    }
  const vqi::Image grey = vqi::test::make_image(2, 1, 1, 8, vqi::test::Content::flat);
  const vqi::Image wide = vqi::widened(grey, 4, 16);
  for (std::size_t c = 0; c < 3; ++c) CHECK(wide.row16(0)[c] == 85 * 257);
  CHECK(wide.row16(0)[3] == 65535);
}

TEST_CASE("a type that holds less is refused") {
  const vqi::Image image = vqi::test::make_image(2, 1, 4, 8, vqi::test::Content::flat);
  CHECK(vqi::test::thrown_by([&] { static_cast<void>(vqi::widened(image, 3, 8)); }).code ==
        vqi::ErrorCode::invalid_image);
}
