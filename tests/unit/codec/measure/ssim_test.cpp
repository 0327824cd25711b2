// mean_ssim against a plain double-precision reference and figures of scikit-image.
#include "ssim.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <optional>
#include <vector>

#include "common_form.hpp"
#include "pattern_image.hpp"
#include "premultiply.hpp"
#include "test_images.hpp"

namespace {

using vqi::test::pattern_image;

constexpr std::uint32_t window = 11;

double sample(const vqi::Image& image, std::uint32_t y, std::size_t i) {
  const vqi::ImageView view = image.view();
  return view.bit_depth == 16 ? double{1} * reinterpret_cast<const std::uint16_t*>(view.row(y))[i]
                              : double{1} * std::to_integer<int>(view.row(y)[i]);
}

/// SSIM of one window as the paper writes it, over all 121 weights.
double plain_window(const vqi::Image& a, const vqi::Image& b, std::uint32_t x0, std::uint32_t y0, std::uint32_t channel,
                    const std::array<double, window>& weights) {
  double mean_a = 0;
  double mean_b = 0;
  for (std::uint32_t y = 0; y < window; ++y) {
    for (std::uint32_t x = 0; x < window; ++x) {
      const std::size_t i = std::size_t{x0 + x} * a.channels() + channel;
      mean_a += weights[y] * weights[x] * sample(a, y0 + y, i);
      mean_b += weights[y] * weights[x] * sample(b, y0 + y, i);
    }
  }
  double variance_a = 0;
  double variance_b = 0;
  double covariance = 0;
  for (std::uint32_t y = 0; y < window; ++y) {
    for (std::uint32_t x = 0; x < window; ++x) {
      const std::size_t i = std::size_t{x0 + x} * a.channels() + channel;
      const double da = sample(a, y0 + y, i) - mean_a;
      const double db = sample(b, y0 + y, i) - mean_b;
      variance_a += weights[y] * weights[x] * da * da;
      variance_b += weights[y] * weights[x] * db * db;
      covariance += weights[y] * weights[x] * da * db;
    }
  }
  const double range = a.view().max_value();
  const double c1 = 0.01 * range * 0.01 * range;
  const double c2 = 0.03 * range * 0.03 * range;
  return (2 * mean_a * mean_b + c1) * (2 * covariance + c2) /
         ((mean_a * mean_a + mean_b * mean_b + c1) * (variance_a + variance_b + c2));
}

double plain_ssim(const vqi::Image& a, const vqi::Image& b) {
  std::array<double, window> weights{};
  double weight_sum = 0;
  for (std::size_t i = 0; i < window; ++i) {
    const double distance = static_cast<double>(i) - 5;
    weights[i] = std::exp(-distance * distance / (2 * 1.5 * 1.5));
    weight_sum += weights[i];
  }
  for (double& weight : weights) weight /= weight_sum;
  double sum = 0;
  std::uint64_t count = 0;
  for (std::uint32_t y = 0; y + window <= a.height_px(); ++y)
    for (std::uint32_t x = 0; x + window <= a.width_px(); ++x)
      for (std::uint32_t channel = 0; channel < a.channels(); ++channel, ++count)
        sum += plain_window(a, b, x, y, channel, weights);
  return sum / static_cast<double>(count);
}

/// The image with its colours multiplied by its alpha; without alpha the image.
vqi::Image premultiplied(const vqi::Image& image) {
  vqi::Image result(image);
  const std::uint32_t channels = image.channels();
  if (channels % 2 == 1) return result;
  for (std::uint32_t y = 0; y < image.height_px(); ++y)
    for (std::size_t i = 0; i < std::size_t{image.width_px()} * channels; ++i) {
      if (i % channels + 1 == channels) continue;
      const std::uint32_t alpha =
          vqi::test::sample_at(image, static_cast<std::uint32_t>(i / channels), y, channels - 1);
      const std::uint32_t colour = vqi::test::sample_at(image, static_cast<std::uint32_t>(i / channels), y,
                                                        static_cast<std::uint32_t>(i % channels));
      const std::uint32_t product = vqi::detail::premultiply(colour, alpha, image.view().max_value());
      if (image.bit_depth() == 16)
        result.row16(y)[i] = static_cast<std::uint16_t>(product);
      else
        result.row(y)[i] = static_cast<std::byte>(product);
    }
  return result;
}

std::optional<double> ssim_of(const vqi::Image& a, const vqi::Image& b) {
  const vqi::detail::ThreadPool pool(2);
  const vqi::ProgressCallback none;
  vqi::detail::ProgressReporter progress(none);
  return vqi::detail::mean_ssim(vqi::detail::CommonForm(a, b).rows(), {pool, progress});
}

double measured(const vqi::Image& a, const vqi::Image& b) { return ssim_of(a, b).value(); }

vqi::Image flat_image(std::uint32_t bit_depth, std::uint32_t value) {
  vqi::Image image(40, 30, 1, bit_depth);
  for (std::uint32_t y = 0; y < 30; ++y) {
    for (std::uint32_t x = 0; x < 40; ++x) {
      if (bit_depth == 16) {
        image.row16(y)[x] = static_cast<std::uint16_t>(value);
      } else {
        image.row(y)[x] = static_cast<std::byte>(value);
      }
    }
  }
  return image;
}

}  // namespace

TEST_CASE("SSIM agrees with scikit-image to 1e-6 at every type without alpha") {
  // structural_similarity(gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=255
  // or 65535, channel_axis=-1) of scikit-image 0.19.3 on pattern_image with seeds 1 and 4.
  struct Case {
    std::uint32_t width_px;
    std::uint32_t height_px;
    std::uint32_t channels;
    std::uint32_t bit_depth;
    double expected;
  };
  const std::vector<Case> cases{
      {64, 48, 1, 8, 0.793378179908},  {64, 48, 3, 8, 0.793873545076}, {64, 48, 1, 16, 0.793982036672},
      {53, 80, 3, 16, 0.792396464802}, {11, 11, 1, 8, 0.822439846908}, {11, 37, 3, 8, 0.810993863342},
      {700, 11, 3, 8, 0.793091681138},
  };
  for (const Case& c : cases) {
    CAPTURE(c.width_px, c.height_px, c.channels, c.bit_depth);
    const vqi::Image a = pattern_image(c.width_px, c.height_px, c.channels, c.bit_depth, 1);
    const vqi::Image b = pattern_image(c.width_px, c.height_px, c.channels, c.bit_depth, 4);
    CHECK(measured(a, b) == Approx(c.expected).margin(1e-6));
  }
}

TEST_CASE("SSIM agrees with scikit-image to 1e-6 where colours are multiplied by alpha") {
  // As above with scikit-image 0.26.0, on samples (c a + floor(max / 2)) // max for the colours, made in numpy.
  CHECK(measured(pattern_image(61, 47, 4, 8, 1), pattern_image(61, 47, 4, 8, 4)) ==
        Approx(0.694628925625).margin(1e-6));
  CHECK(measured(pattern_image(40, 90, 2, 8, 1), pattern_image(40, 90, 2, 8, 4)) ==
        Approx(0.769040795126).margin(1e-6));
  CHECK(measured(pattern_image(11, 11, 4, 16, 1), pattern_image(11, 11, 4, 16, 4)) ==
        Approx(0.603396707714).margin(1e-6));
}

TEST_CASE("SSIM equals the formula in plain loops over several tiles and bands, colours multiplied by alpha") {
  for (const std::uint32_t depth : {8U, 16U}) {
    for (const std::uint32_t channels : {1U, 2U, 3U, 4U}) {
      CAPTURE(depth, channels);
      const vqi::Image a = pattern_image(1100 / channels + 13, 81, channels, depth, 2);
      const vqi::Image b = pattern_image(1100 / channels + 13, 81, channels, depth, 3);
      CHECK(measured(a, b) == Approx(plain_ssim(premultiplied(a), premultiplied(b))).margin(1e-6));
    }
  }
}

TEST_CASE("SSIM of flat images is exact where rounding weighs most") {
  for (const std::uint32_t depth : {8U, 16U}) {
    const std::uint32_t peak = depth == 16 ? 65535 : 255;
    const vqi::Image bright = flat_image(depth, peak);
    CHECK(measured(bright, flat_image(depth, peak - 1)) ==
          Approx(plain_ssim(bright, flat_image(depth, peak - 1))).margin(1e-6));
    CHECK(measured(bright, flat_image(depth, 0)) == Approx(plain_ssim(bright, flat_image(depth, 0))).margin(1e-6));
    CHECK(measured(bright, bright) == 1.0);
  }
}

TEST_CASE("SSIM does not depend on which image is the reference") {
  const vqi::Image a = pattern_image(90, 60, 3, 8, 1);
  const vqi::Image b = pattern_image(90, 60, 3, 8, 6);
  CHECK(measured(a, b) == measured(b, a));
  CHECK(measured(a, b) < 1.0);
}

TEST_CASE("an image with a side under 11 pixels has no SSIM") {
  CHECK_FALSE(ssim_of(pattern_image(10, 40, 3, 8, 1), pattern_image(10, 40, 3, 8, 2)).has_value());
  CHECK_FALSE(ssim_of(pattern_image(40, 10, 3, 8, 1), pattern_image(40, 10, 3, 8, 2)).has_value());
  CHECK(ssim_of(pattern_image(11, 11, 3, 8, 1), pattern_image(11, 11, 3, 8, 2)).has_value());
}
