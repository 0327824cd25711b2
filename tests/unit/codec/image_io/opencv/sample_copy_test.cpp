// copy_samples: orientation, channel order, range and alpha against plain definitions.
#include "sample_copy.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <functional>

#include "image_tools.hpp"

namespace {

vqi::detail::DecodedSamples decoded(const vqi::Image& image) {
  return {image.samples().data(), image.width_px(),  image.height_px(),
          image.channels(),       image.bit_depth(), image.row_bytes()};
}

vqi::Image image_of(std::uint32_t channels, std::uint32_t depth, const std::vector<std::uint32_t>& samples) {
  vqi::Image image(static_cast<std::uint32_t>(samples.size()) / channels, 1, channels, depth);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (depth == 16)
      image.row16(0)[i] = static_cast<std::uint16_t>(samples[i]);
    else
      image.row(0)[i] = static_cast<std::byte>(samples[i]);
  }
  return image;
}

}  // namespace

TEST_CASE("every orientation turns the stored image upright") {
  constexpr std::uint32_t width = 5;
  constexpr std::uint32_t height = 3;
  // Where the pixel at (x, y) of the upright image is stored, for orientations 1 to 8.
  using Place = std::pair<std::uint32_t, std::uint32_t>;
  const std::array<std::function<Place(std::uint32_t, std::uint32_t)>, 8> stored_at{{
      [](auto x, auto y) {
        return Place{x, y};
      },
      [](auto x, auto y) {
        return Place{width - 1 - x, y};
      },
      [](auto x, auto y) {
        return Place{width - 1 - x, height - 1 - y};
      },
      [](auto x, auto y) {
        return Place{x, height - 1 - y};
      },
      [](auto x, auto y) {
        return Place{y, x};
      },
      [](auto x, auto y) {
        return Place{y, height - 1 - x};
      },
      [](auto x, auto y) {
        return Place{width - 1 - y, height - 1 - x};
      },
      [](auto x, auto y) {
        return Place{width - 1 - y, x};
      },
  }};
  for (const std::uint32_t channels : {1U, 3U, 4U})
    for (const std::uint32_t depth : {8U, 16U})
      for (std::uint32_t orientation = 1; orientation <= 8; ++orientation) {
        const vqi::Image stored = vqi::testing::gradient_image(width, height, channels, depth);
        vqi::detail::ImageHeader header;
        header.orientation = orientation;
        header.is_rgb_order = true;
        const vqi::Image upright = vqi::detail::copy_samples(decoded(stored), header);
        INFO("orientation " << orientation << ", " << channels << " channels of " << depth);
        REQUIRE(upright.width_px() == (orientation >= 5 ? height : width));
        REQUIRE(upright.height_px() == (orientation >= 5 ? width : height));
        const std::size_t pixel = std::size_t{channels} * depth / 8;
        for (std::uint32_t y = 0; y < upright.height_px(); ++y)
          for (std::uint32_t x = 0; x < upright.width_px(); ++x) {
            const auto [stored_x, stored_y] = stored_at[orientation - 1](x, y);
            CHECK(std::equal(upright.row(y) + x * pixel, upright.row(y) + (x + 1) * pixel,
                             stored.row(stored_y) + stored_x * pixel));
          }
      }
}

TEST_CASE("blue, green, red become red, green, blue, and alpha stays or goes as the header says") {
  const vqi::Image stored = image_of(4, 8, {1, 2, 3, 200, 5, 6, 7, 0});
  vqi::detail::ImageHeader header;
  CHECK(vqi::testing::samples_of(vqi::detail::copy_samples(decoded(stored), header)) ==
        std::vector<std::uint32_t>{3, 2, 1, 200, 7, 6, 5, 0});
  header.alpha = vqi::detail::AlphaKind::none;
  CHECK(vqi::testing::samples_of(vqi::detail::copy_samples(decoded(stored), header)) ==
        std::vector<std::uint32_t>{3, 2, 1, 7, 6, 5});
}

TEST_CASE("premultiplied colours are divided by alpha, rounded and never over white") {
  vqi::detail::ImageHeader header;
  header.alpha = vqi::detail::AlphaKind::premultiplied;
  const vqi::Image bytes = image_of(4, 8, {50, 25, 1, 100, 9, 8, 7, 0, 4, 5, 6, 255, 200, 0, 0, 100});
  CHECK(vqi::testing::samples_of(vqi::detail::copy_samples(decoded(bytes), header)) ==
        std::vector<std::uint32_t>{3, 64, 128, 100, 7, 8, 9, 0, 6, 5, 4, 255, 0, 0, 255, 100});
  const vqi::Image words = image_of(4, 16, {1000, 2000, 3000, 30000});
  CHECK(vqi::testing::samples_of(vqi::detail::copy_samples(decoded(words), header)) ==
        std::vector<std::uint32_t>{6554, 4369, 2185, 30000});
}

TEST_CASE("samples of a smaller range are stretched to the whole one") {
  vqi::detail::ImageHeader header;
  header.sample_max = 15;
  const vqi::Image bytes = image_of(1, 8, {0, 1, 7, 15, 16});
  CHECK(vqi::testing::samples_of(vqi::detail::copy_samples(decoded(bytes), header)) ==
        std::vector<std::uint32_t>{0, 17, 119, 255, 255});
  header.sample_max = 1023;
  const vqi::Image words = image_of(1, 16, {0, 1, 512, 1023, 2000});
  CHECK(vqi::testing::samples_of(vqi::detail::copy_samples(decoded(words), header)) ==
        std::vector<std::uint32_t>{0, 64, 32800, 65535, 65535});
}
