// ByteDistances: packed indices, filter bytes, padding and the cheapest literal.
#include "byte_distances.hpp"

#include <array>
#include <catch2/catch.hpp>

using namespace vqi::detail;

namespace {

const std::vector<ColourSet::Colour> four_colours{0xFF000000, 0xFF00000A, 0xFF000014, 0xFF0000FF};

}  // namespace

TEST_CASE("distances of packed bytes are sums over their pixels, without padding") {
  const IndexColours colours(four_colours);
  const std::vector<PremultipliedColour> pixels{
      {0, 0, 0, 255}, {10, 0, 0, 255}, {20, 0, 0, 255}, {0, 0, 0, 255}, {3, 0, 0, 255}};
  const ByteDistances distances(colours, pixels, 5, 2);
  REQUIRE(distances.size() == 3);
  CHECK(distances.distance(0, 0) == 0);
  CHECK(distances.distance(0, 1) >= forbidden_distance);  // a filter's byte
  CHECK(distances.distance(1, 0b00011000) == 0);
  CHECK(distances.distance(1, 0b01011000) == 100);
  CHECK(distances.distance(2, 0b00111111) == 9);
}

TEST_CASE("indices without a colour are forbidden") {
  const IndexColours colours(std::span<const ColourSet::Colour>(four_colours).first(3));
  const std::vector<PremultipliedColour> pixels(4, {0, 0, 0, 255});
  CHECK(ByteDistances(colours, pixels, 4, 8).distance(1, 3) >= forbidden_distance);
  CHECK(ByteDistances(colours, pixels, 4, 2).distance(1, 0b11000000) >= forbidden_distance);
}

TEST_CASE("the cheapest literal weighs distance against price") {
  const IndexColours colours(four_colours);
  const std::vector<PremultipliedColour> pixels(1, {8, 0, 0, 255});
  const ByteDistances distances(colours, pixels, 1, 8);
  std::array<std::int32_t, 256> prices{};
  CHECK(distances.cheapest_literal(1, 1, prices, 64).byte == 1);
  prices[1] = 10'000;
  CHECK(distances.cheapest_literal(1, 1, prices, 64).byte == 0);
  CHECK(distances.cheapest_literal(1, 1, prices, 64).cost == 64 * 64);
  CHECK(distances.cheapest_literal(0, 0, prices, 64).byte == 0);
}
