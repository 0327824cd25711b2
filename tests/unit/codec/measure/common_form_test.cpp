// CommonForm: the type that two images are compared in, and their samples in it.
#include "common_form.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "pattern_image.hpp"
#include "test_images.hpp"
#include "thrown_error.hpp"
#include "vqi/metrics.hpp"

namespace {

using vqi::Image;
using vqi::test::pattern_image;
using vqi::test::sample_at;

/// The image in a type that holds it, sample by sample.
Image converted(const Image& image, std::uint32_t channels, std::uint32_t bit_depth) {
  Image result(image.width_px(), image.height_px(), channels, bit_depth);
  const bool has_alpha = image.channels() % 2 == 0;
  const std::uint32_t colours = image.channels() - (has_alpha ? 1 : 0);
  const std::uint32_t factor = bit_depth == image.bit_depth() ? 1 : 257;
  for (std::uint32_t y = 0; y < image.height_px(); ++y)
    for (std::uint32_t x = 0; x < image.width_px(); ++x)
      for (std::uint32_t c = 0; c < channels; ++c) {
        std::uint32_t sample = image.view().max_value();
        if (channels % 2 == 1 || c + 1 < channels)
          sample = sample_at(image, x, y, colours == 1 ? 0 : c);
        else if (has_alpha)
          sample = sample_at(image, x, y, colours);
        const std::size_t at = std::size_t{x} * channels + c;
        if (bit_depth == 16)
          result.row16(y)[at] = static_cast<std::uint16_t>(factor * sample);
        else
          result.row(y)[at] = static_cast<std::byte>(sample);
      }
  return result;
}

}  // namespace

TEST_CASE("two images of any types are compared as if both had the least type that holds them") {
  for (const std::uint32_t channels : {1U, 2U, 3U, 4U})
    for (const std::uint32_t other_channels : {1U, 2U, 3U, 4U})
      for (const std::uint32_t depth : {8U, 16U})
        for (const std::uint32_t other_depth : {8U, 16U}) {
          CAPTURE(channels, other_channels, depth, other_depth);
          const Image a = pattern_image(23, 14, channels, depth, 1);
          const Image b = pattern_image(23, 14, other_channels, other_depth, 3);
          const bool colour = std::max(channels, other_channels) >= 3;
          const bool alpha = channels % 2 == 0 || other_channels % 2 == 0;
          const std::uint32_t common = (colour ? 3U : 1U) + (alpha ? 1U : 0U);
          const std::uint32_t common_depth = std::max(depth, other_depth);
          const Image wide_a = converted(a, common, common_depth);
          const Image wide_b = converted(b, common, common_depth);
          const vqi::Distortion measured = vqi::measure_distortion(a, b);
          const vqi::Distortion expected = vqi::measure_distortion(wide_a, wide_b);
          CHECK(measured.mse == expected.mse);
          CHECK(measured.mse_straight == expected.mse_straight);
          CHECK(measured.mse_straight.has_value() == alpha);
          CHECK(measured.ssim == expected.ssim);
          CHECK(measured.max_error == expected.max_error);
          const auto difference = vqi::measure_ciede2000(a, b);
          CHECK(difference.has_value() == colour);
          if (difference) CHECK(difference->mean == vqi::measure_ciede2000(wide_a, wide_b)->mean);
          CHECK(vqi::measure_distortion(a, wide_a).max_error == 0);
        }
}

TEST_CASE("rows of the common form are the image's own where it has that form") {
  const Image grey = pattern_image(5, 4, 1, 8, 1);
  const Image rgb = pattern_image(5, 4, 3, 8, 2);
  const vqi::detail::CommonForm form(grey, rgb);
  std::vector<std::byte> buffer(15);
  CHECK(form.rows().other.pixels(2, 1, 3, buffer.data()) == rgb.row(2) + 3);
  CHECK(form.rows().reference.pixels(2, 1, 3, buffer.data()) == buffer.data());
  CHECK(buffer[0] == grey.row(2)[1]);
  CHECK(buffer[8] == grey.row(2)[3]);
}

TEST_CASE("images of different size and images that are none are refused") {
  const Image image = pattern_image(12, 12, 3, 8, 1);
  const auto refused = [&](const vqi::ImageView& other) {
    return vqi::test::thrown_by([&] { const vqi::detail::CommonForm form(image, other); });
  };
  const Image taller = pattern_image(12, 13, 3, 8, 1);
  CHECK(refused(taller).code == vqi::ErrorCode::invalid_image);
  CHECK(refused(taller).message == "the images to compare differ in size (12x12 and 12x13), give two of the same size");
  CHECK(refused(vqi::ImageView{}).code == vqi::ErrorCode::invalid_image);
}
