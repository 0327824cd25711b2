// without_opaque_alpha: RGB if all is opaque, else the image itself.
#include "opaque_image.hpp"

#include <catch2/catch.hpp>

#include "image_tools.hpp"

TEST_CASE("an image becomes RGB only if every pixel is opaque, with its metadata") {
  vqi::Image image(2, 1, 4, 8);
  for (std::size_t i = 0; i < 8; ++i) image.samples()[i] = static_cast<std::byte>(i % 4 == 3 ? 255 : i);
  image.metadata().gamma = 45455;
  const vqi::Image opaque = vqi::detail::without_opaque_alpha(image);
  CHECK(vqi::testing::samples_of(opaque) == std::vector<std::uint32_t>{0, 1, 2, 4, 5, 6});
  CHECK(opaque.metadata().gamma == 45455U);
  image.samples()[7] = std::byte{254};
  CHECK(vqi::testing::samples_of(vqi::detail::without_opaque_alpha(image)) == vqi::testing::samples_of(image));
}
