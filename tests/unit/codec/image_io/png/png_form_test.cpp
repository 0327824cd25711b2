// Colours of images that are few or too many, and the fewest bits of grey samples.
#include "png_form.hpp"

#include <catch2/catch.hpp>

using vqi::detail::ColourSet;

TEST_CASE("up to 256 colours are found again, and one more has no room") {
  ColourSet set;
  for (std::uint32_t i = 0; i < 256; ++i) CHECK(set.add(i * 0x01030507U));
  CHECK(set.add(0));
  CHECK_FALSE(set.add(0xFFFFFFFE));
  for (std::uint32_t i = 0; i < 256; ++i) CHECK(set.index_of(i * 0x01030507U) == i);
}

TEST_CASE("translucent colours come first, in the order in which they appear") {
  vqi::Image image(4, 1, 4, 8);
  const std::uint8_t samples[] = {1, 1, 1, 255, 2, 2, 2, 0, 3, 3, 3, 255, 4, 4, 4, 254};
  for (std::size_t i = 0; i < 16; ++i) image.samples()[i] = std::byte{samples[i]};
  const auto set = vqi::detail::find_few_colours(image);
  REQUIRE(set);
  CHECK(set->colours() == std::vector<std::uint32_t>{0x00020202, 0xFE040404, 0xFF010101, 0xFF030303});
  CHECK(set->index_of(0xFF010101) == 2);
}

TEST_CASE("an image of 257 colours has too many") {
  vqi::Image image(257, 1, 3, 8);
  for (std::size_t i = 0; i < 257; ++i) {
    image.samples()[3 * i] = static_cast<std::byte>(i);
    image.samples()[3 * i + 1] = static_cast<std::byte>(i / 256);
    image.samples()[3 * i + 2] = std::byte{7};
  }
  CHECK_FALSE(vqi::detail::find_few_colours(image));
}

TEST_CASE("grey samples need the bits from which they are widened exactly") {
  const auto bits_of = [](const std::vector<int>& samples) {
    vqi::Image image(static_cast<std::uint32_t>(samples.size()), 1, 1, 8);
    for (std::size_t i = 0; i < samples.size(); ++i) image.samples()[i] = static_cast<std::byte>(samples[i]);
    return vqi::detail::find_grey_bits(image);
  };
  CHECK(bits_of({0}) == 1);
  CHECK(bits_of({0, 255}) == 1);
  CHECK(bits_of({0, 85, 170}) == 2);
  CHECK(bits_of({17, 85}) == 4);
  CHECK(bits_of({255, 254}) == 8);
}
