// The part of an image that a report shows.
#include "picture_window.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "pattern_image.hpp"
#include "vqi/image_io.hpp"

using namespace vqi::tool;
using vqi::test::pattern_image;

TEST_CASE("an image within the budget is shown whole") {
  CHECK(picture_window(480, 320, 480 * 320) == PictureWindow{0, 0, 480, 320});
  CHECK(picture_window(1, 1, 1) == PictureWindow{0, 0, 1, 1});
}

TEST_CASE("a larger image is shown around its middle, in its shape, and fills the budget") {
  const PictureWindow window = picture_window(6000, 4000, 1U << 20);
  CHECK(std::uint64_t{window.width_px} * window.height_px <= 1U << 20);
  CHECK(std::uint64_t{window.width_px} * window.height_px > (1U << 20) * 0.99);
  CHECK(static_cast<double>(window.width_px) / window.height_px == Approx(1.5).epsilon(0.01));
  CHECK(window.x_px == (6000 - window.width_px) / 2);
  CHECK(window.y_px == (4000 - window.height_px) / 2);
}

TEST_CASE("no shape makes a window empty, larger than the budget or larger than the image") {
  for (const auto& [width, height] : {std::pair{1U, 1U << 20}, {1U << 20, 1U}, {3U, 100000U}, {65537U, 1025U}}) {
    const PictureWindow window = picture_window(width, height, 1U << 16);
    CAPTURE(width, height, window.width_px, window.height_px);
    CHECK(window.width_px >= 1);
    CHECK(window.height_px >= 1);
    CHECK(window.x_px + window.width_px <= width);
    CHECK(window.y_px + window.height_px <= height);
    CHECK(std::uint64_t{window.width_px} * window.height_px <= 1U << 16);
  }
}

TEST_CASE("a cut at 16 bits has the nearest values of 8 bits") {
  vqi::Image image(3, 2, 1, 16);
  const std::uint16_t values[] = {0, 128, 129, 32896, 65406, 65535};
  for (std::uint32_t n = 0; n < 6; ++n) image.row16(n / 3)[n % 3] = values[n];
  const vqi::Image cut = cut_out(image, {1, 0, 2, 2});
  CHECK(cut.width_px() == 2);
  CHECK(cut.bit_depth() == 8);
  const std::vector<int> expected{0, 1, 254, 255};
  for (std::size_t n = 0; n < 4; ++n) CHECK(std::to_integer<int>(cut.samples()[n]) == expected[n]);
}

TEST_CASE("the PNG of a stream's window has the pixels that decode returns, with and without a palette") {
  const vqi::Image image = pattern_image(70, 50, 3, 8, 5);
  const PictureWindow window{9, 7, 40, 30};
  for (const std::uint32_t block : {1U, 3U}) {
    for (const std::uint32_t k : {2U, 64U, 300U}) {
      vqi::EncodeOptions options;
      options.k = k;
      options.effort = 1;
      options.block_width_px = options.block_height_px = block;
      const vqi::Encoded encoded = vqi::encode(image, options);
      const std::vector<std::byte> png = decoded_png(vqi::decode_indexed(encoded.bytes), encoded.bytes, window, {}, {});
      const vqi::Image shown = vqi::read_image(png).image;
      const vqi::Image expected = cut_out(vqi::decode(encoded.bytes), window);
      REQUIRE(shown.channels() == 3);
      CHECK(std::equal(shown.samples().begin(), shown.samples().end(), expected.samples().begin(),
                       expected.samples().end()));
      std::set<std::vector<std::byte>> colours;
      for (std::size_t at = 0; at < expected.samples().size(); at += 3)
        colours.emplace(expected.samples().begin() + static_cast<std::ptrdiff_t>(at),
                        expected.samples().begin() + static_cast<std::ptrdiff_t>(at + 3));
      constexpr std::size_t colour_type_at = 25;  // offset in the file; 3 means palette
      CHECK((png[colour_type_at] == std::byte{3}) == (colours.size() <= 256));
    }
  }
}
