// turned_upright: every orientation for every kind of image, against where EXIF says that pixels lie.
#include "upright.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cstring>
#include <utility>

#include "image_tools.hpp"

namespace {

using Place = std::pair<std::uint32_t, std::uint32_t>;

/// Where the pixel at (x, y) of the upright image is stored in an image of w by h.
Place stored_at(std::uint32_t orientation, std::uint32_t x, std::uint32_t y, std::uint32_t w, std::uint32_t h) {
  const std::array<Place, 9> places{Place{x, y},    Place{x, y}, Place{w - 1 - x, y}, {w - 1 - x, h - 1 - y},
                                    {x, h - 1 - y}, {y, x},      {y, h - 1 - x},      {w - 1 - y, h - 1 - x},
                                    {w - 1 - y, x}};
  return places[orientation];
}

}  // namespace

TEST_CASE("every orientation turns every kind of image upright") {
  for (const std::uint32_t channels : {1U, 2U, 3U, 4U})
    for (const std::uint32_t depth : {8U, 16U})
      for (std::uint32_t orientation = 0; orientation <= 9; ++orientation) {
        vqi::Image stored = vqi::testing::gradient_image(70, 35, channels, depth);
        stored.metadata().density = vqi::PixelDensity{100, 200, 1};
        const vqi::Image upright = vqi::detail::turned_upright(stored, orientation);
        const bool is_transposed = orientation >= 5 && orientation <= 8;
        REQUIRE(upright.width_px() == (is_transposed ? 35U : 70U));
        REQUIRE(upright.height_px() == (is_transposed ? 70U : 35U));
        CHECK(upright.metadata().density->x == (is_transposed ? 200U : 100U));
        const std::size_t pixel = stored.view().pixel_bytes();
        bool is_right = true;
        for (std::uint32_t y = 0; y < upright.height_px(); ++y)
          for (std::uint32_t x = 0; x < upright.width_px(); ++x) {
            const auto [from_x, from_y] = stored_at(orientation == 9 ? 1 : orientation, x, y, 70, 35);
            is_right &= std::memcmp(upright.row(y) + x * pixel, stored.row(from_y) + from_x * pixel, pixel) == 0;
          }
        CHECK(is_right);
      }
}
