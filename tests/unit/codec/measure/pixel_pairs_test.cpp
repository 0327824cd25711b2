// PixelPairs: straight samples as they are, and premultiplied ones as the formula of single samples gives them.
#include "pixel_pairs.hpp"

#include <catch2/catch.hpp>

#include "common_form.hpp"
#include "premultiply.hpp"
#include "test_images.hpp"

namespace {

template <typename Sample>
void check_pairs(std::uint32_t channels, std::uint32_t depth) {
  const vqi::Image a = vqi::test::make_image(40, 3, channels, depth, vqi::test::Content::noise, 1);
  const vqi::Image b = vqi::test::make_image(40, 3, channels, depth, vqi::test::Content::noise, 2);
  const vqi::detail::CommonForm form(a, b);
  vqi::detail::PixelPairs pairs(form.rows(), 30);
  pairs.read(1, 7, 30);
  for (const bool premultiplied : {false, true}) {
    if (premultiplied) pairs.premultiply();
    for (std::uint32_t i = 0; i < 30 * channels; ++i) {
      const std::uint32_t x = 7 + i / channels;
      const std::uint32_t c = i % channels;
      const auto expected = [&](const vqi::Image& image) {
        const std::uint32_t sample = vqi::test::sample_at(image, x, 1, c);
        if (!premultiplied || channels % 2 == 1 || c + 1 == channels) return sample;
        return vqi::detail::premultiply(sample, vqi::test::sample_at(image, x, 1, channels - 1),
                                        image.view().max_value());
      };
      REQUIRE(pairs.reference<Sample>()[i] == expected(a));
      REQUIRE(pairs.other<Sample>()[i] == expected(b));
    }
  }
}

}  // namespace

TEST_CASE("pairs are the samples of both images, then their products with alpha where there is one") {
  for (const std::uint32_t channels : {1U, 2U, 3U, 4U}) {
    check_pairs<std::uint8_t>(channels, 8);
    check_pairs<std::uint16_t>(channels, 16);
  }
}
