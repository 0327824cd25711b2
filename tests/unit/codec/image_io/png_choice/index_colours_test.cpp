// IndexColours and move_to_means: distances of premultiplied samples, guarded alpha, exact means.
#include "index_colours.hpp"

#include <catch2/catch.hpp>

using namespace vqi::detail;

TEST_CASE("hidden colours cost nothing, and distances are of premultiplied samples") {
  const std::vector<ColourSet::Colour> colours{0x00FFFFFF, 0x80FF0000, 0xFF0000FF};
  const IndexColours index(colours);
  CHECK(index.distance({0, 0, 0, 0}, 0) == 0);
  CHECK(index.distance({0, 0, 128, 128}, 1) == 0);
  CHECK(index.distance({250, 3, 4, 255}, 2) == 25 + 9 + 16);
}

TEST_CASE("an opaque pixel may not become translucent, nor a transparent one visible, where the palette has a choice") {
  const std::vector<ColourSet::Colour> colours{0x00000000, 0xFE101010, 0xFF101010};
  const IndexColours index(colours);
  CHECK(index.distance({16, 16, 16, 255}, 1) >= forbidden_distance);
  CHECK(index.distance({16, 16, 16, 255}, 2) == 0);
  CHECK(index.distance({0, 0, 0, 0}, 1) >= forbidden_distance);
  CHECK(index.distance({16, 16, 16, 254}, 2) == 1);
  const std::vector<ColourSet::Colour> translucent{0xFE101010};
  CHECK(IndexColours(translucent).distance({16, 16, 16, 255}, 0) == 1);
}

TEST_CASE("the nearest colour is found by steps from a colour near it") {
  std::vector<ColourSet::Colour> colours;
  for (std::uint32_t i = 0; i < 200; ++i) colours.push_back(0xFF000000 | i * i * 331 % 0xFFFFFF);
  const IndexColours index(colours);
  for (std::int16_t grey = 0; grey < 250; grey = static_cast<std::int16_t>(grey + 7)) {
    const PremultipliedColour pixel{grey, static_cast<std::int16_t>(255 - grey), 90, 255};
    const std::uint8_t found = index.nearest_from(pixel, 0);
    for (const std::uint8_t k : index.near(found)) CHECK(index.distance(pixel, k) >= index.distance(pixel, found));
  }
  CHECK(index.near(5)[0] == 5);
}

TEST_CASE("colours move to the means of their pixels, and keep being opaque, transparent or fixed") {
  std::vector<ColourSet::Colour> colours{0x00123456, 0x80000000, 0xFF000000, 0xFF000001, 0xFF000009};
  const std::vector<PremultipliedColour> pixels{{0, 0, 0, 0},      {100, 0, 0, 200},  {0, 0, 0, 100},
                                                {10, 20, 30, 255}, {11, 20, 31, 255}, {200, 9, 9, 255}};
  const std::vector<std::uint8_t> indices{0, 1, 1, 2, 2, 3};
  const std::vector<ColourSet::Colour> fixed{0xFF000001};
  move_to_means(colours, fixed, pixels, indices);
  CHECK(colours == std::vector<ColourSet::Colour>{0x00123456, 0x96000055, 0xFF1F140B, 0xFF000001, 0xFF000009});
}

TEST_CASE("pixels of grey and of alpha are premultiplied") {
  vqi::Image image(1, 1, 2, 8);
  image.samples()[0] = std::byte{200};
  image.samples()[1] = std::byte{51};
  const std::vector<PremultipliedColour> pixels = premultiplied_pixels(image);
  CHECK(pixels[0].red == 40);
  CHECK(pixels[0].blue == 40);
  CHECK(pixels[0].alpha == 51);
}
