// in_eight_bits and learn_palette: rounding, and pictures in the colours of a palette.
#include "palette_picture.hpp"

#include <catch2/catch.hpp>

namespace {

using vqi::Image;

Image grey16(std::initializer_list<std::uint16_t> samples) {
  Image image(static_cast<std::uint32_t>(samples.size()), 1, 1, 16);
  std::copy(samples.begin(), samples.end(), image.row16(0));
  return image;
}

}  // namespace

TEST_CASE("samples of 16 bits go to the nearest of 8 bits") {
  Image rounded;
  const Image image = grey16({0, 128, 129, 257, 385, 386, 65406, 65407, 65535});
  const vqi::ImageView view = vqi::detail::in_eight_bits(image, rounded);
  REQUIRE(view.bit_depth == 8);
  const std::vector<int> expected{0, 0, 1, 1, 1, 2, 254, 255, 255};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    INFO("sample " << image.row16(0)[i]);
    CHECK(std::to_integer<int>(view.row(0)[i]) == expected[i]);
  }
}

TEST_CASE("an image of 8 bits is not copied") {
  Image rounded;
  const Image image(3, 2, 3, 8);
  CHECK(vqi::detail::in_eight_bits(image, rounded).samples == image.view().samples);
  CHECK(rounded.size_bytes() == 0);
}

TEST_CASE("the report on a learned palette is of the indices that come with it") {
  Image image(64, 32, 3, 8);
  for (std::size_t i = 0; i < image.size_bytes(); ++i) image.samples()[i] = static_cast<std::byte>(i * i / 7);
  vqi::EncodeOptions options;
  options.k = 9;
  const auto [indexed, report] = vqi::detail::learn_palette(image, options, {});
  REQUIRE(indexed.codebook.width_px() == 9);
  REQUIRE(indexed.indices.size() == 64 * 32);
  double sum = 0;
  for (std::size_t pixel = 0; pixel < indexed.indices.size(); ++pixel)
    for (std::size_t channel = 0; channel < 3; ++channel) {
      const auto sample = [](std::byte value) { return std::to_integer<int>(value); };
      const int error = sample(image.samples()[3 * pixel + channel]) -
                        sample(indexed.codebook.samples()[3 * std::size_t{indexed.indices[pixel]} + channel]);
      sum += error * error;
    }
  CHECK(report.distortion.mse == Approx(sum / static_cast<double>(image.size_bytes())));
}
