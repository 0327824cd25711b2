// measure_ciede2000: mean and percentile against sorting, scikit-image and plain counting.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "lab.hpp"
#include "pattern_image.hpp"
#include "vqi/error.hpp"
#include "vqi/metrics.hpp"

namespace {

using vqi::test::pattern_image;

/// All differences of two 8-bit images, smallest first.
std::vector<double> sorted_differences(const vqi::Image& a, const vqi::Image& b) {
  const vqi::detail::LabConverter lab_of(255);
  const auto colour = [&](const vqi::Image& image, std::uint32_t y, std::uint32_t x) {
    const std::byte* p = image.row(y) + std::size_t{x} * image.channels();
    return lab_of(std::to_integer<std::uint32_t>(p[0]), std::to_integer<std::uint32_t>(p[1]),
                  std::to_integer<std::uint32_t>(p[2]));
  };
  std::vector<double> differences;
  for (std::uint32_t y = 0; y < a.height_px(); ++y)
    for (std::uint32_t x = 0; x < a.width_px(); ++x)
      differences.push_back(vqi::ciede2000(colour(a, y, x), colour(b, y, x)));
  std::sort(differences.begin(), differences.end());
  return differences;
}

/// A black image of `pixels` in one row, with the first `changed` pixels white.
vqi::Image partly_white(std::uint32_t pixels, std::uint32_t changed) {
  vqi::Image image(pixels, 1, 3, 8);
  std::fill(image.samples().begin(), image.samples().end(), std::byte{0});
  std::fill_n(image.samples().begin(), changed * 3, std::byte{255});
  return image;
}

}  // namespace

TEST_CASE("mean and percentile agree with scikit-image") {
  // skimage 0.19.3: rgb2lab and deltaE_ciede2000 on pattern_image 64x48 with seeds 1 and 4.
  const auto measured8 = vqi::measure_ciede2000(pattern_image(64, 48, 3, 8, 1), pattern_image(64, 48, 3, 8, 4));
  REQUIRE(measured8.has_value());
  CHECK(measured8->mean == Approx(6.22323969).margin(1e-3));
  CHECK(measured8->p95 == Approx(11.80383141).margin(2e-3));
  const auto measured16 = vqi::measure_ciede2000(pattern_image(64, 48, 3, 16, 1), pattern_image(64, 48, 3, 16, 4));
  REQUIRE(measured16.has_value());
  CHECK(measured16->mean == Approx(6.20854767).margin(1e-3));
  CHECK(measured16->p95 == Approx(11.74161780).margin(2e-3));
}

TEST_CASE("the percentile is the nearest rank of the sorted differences, to a part in 2^15") {
  for (const std::uint32_t width : {1U, 7U, 20U, 39U, 160U}) {
    CAPTURE(width);
    const vqi::Image a = pattern_image(width, 131, 3, 8, 1);
    const vqi::Image b = pattern_image(width, 131, 3, 8, 2);
    const std::vector<double> sorted = sorted_differences(a, b);
    const auto rank = static_cast<std::size_t>(std::ceil(0.95 * static_cast<double>(sorted.size())));
    double sum = 0;
    for (const double difference : sorted) sum += difference;
    const auto measured = vqi::measure_ciede2000(a, b);
    REQUIRE(measured.has_value());
    CHECK(measured->p95 == Approx(sorted[rank - 1]).epsilon(1.0 / 32768));
    CHECK(measured->mean == Approx(sum / static_cast<double>(sorted.size())).epsilon(1e-12));
  }
}

TEST_CASE("a change of 5 in 100 pixels leaves the percentile at 0, and one of 6 moves it") {
  const vqi::Image black = partly_white(100, 0);
  CHECK(vqi::measure_ciede2000(black, partly_white(100, 5)).value().p95 == 0);
  CHECK(vqi::measure_ciede2000(black, partly_white(100, 6)).value().p95 == Approx(100).epsilon(1.0 / 32768));
  CHECK(vqi::measure_ciede2000(black, partly_white(100, 6)).value().mean == Approx(6).epsilon(1e-9));
}

TEST_CASE("a pixel with alpha differs by the larger of what black and what white show of it") {
  const vqi::detail::LabConverter lab_of(255);
  const auto lone = [](std::uint32_t red, std::uint32_t green, std::uint32_t blue, std::uint32_t alpha) {
    vqi::Image image(1, 1, 4, 8);
    std::uint32_t i = 0;
    for (const std::uint32_t sample : {red, green, blue, alpha}) image.samples()[i++] = static_cast<std::byte>(sample);
    return image;
  };
  const auto difference = [&](const vqi::Image& a, const vqi::Image& b) {
    return vqi::measure_ciede2000(a, b).value().mean;
  };
  // Black under different alpha is black on black, and two greys on white.
  CHECK(difference(lone(0, 0, 0, 55), lone(0, 0, 0, 155)) ==
        Approx(vqi::ciede2000(lab_of(200, 200, 200), lab_of(100, 100, 100))));
  CHECK(difference(lone(255, 255, 255, 55), lone(255, 255, 255, 155)) ==
        Approx(vqi::ciede2000(lab_of(55, 55, 55), lab_of(155, 155, 155))));
  CHECK(difference(lone(200, 10, 90, 0), lone(0, 255, 0, 0)) == 0);
  CHECK(difference(lone(200, 10, 90, 255), lone(0, 255, 0, 255)) ==
        Approx(vqi::ciede2000(lab_of(200, 10, 90), lab_of(0, 255, 0))));
}

TEST_CASE("equal images differ by 0, and grey has no colour difference") {
  const vqi::Image image = pattern_image(30, 20, 4, 8, 1);
  const auto measured = vqi::measure_ciede2000(image, image);
  REQUIRE(measured.has_value());
  CHECK(measured->mean == 0);
  CHECK(measured->p95 == 0);
  for (const std::uint32_t channels : {1U, 2U}) {
    const vqi::Image grey = pattern_image(30, 20, channels, 16, 1);
    CHECK_FALSE(vqi::measure_ciede2000(grey, grey).has_value());
  }
}

TEST_CASE("the colour difference is the same at any number of threads") {
  const vqi::Image a = pattern_image(97, 333, 3, 8, 1);
  const vqi::Image b = pattern_image(97, 333, 3, 8, 3);
  const auto one = vqi::measure_ciede2000(a, b, {.threads = 1}).value();
  for (const std::uint32_t threads : {2U, 5U, 0U}) {
    const auto many = vqi::measure_ciede2000(a, b, {.threads = threads}).value();
    CHECK(many.mean == one.mean);
    CHECK(many.p95 == one.p95);
  }
}

TEST_CASE("images of different type have no colour difference but an error") {
  const vqi::Image image = pattern_image(30, 20, 3, 8, 1);
  CHECK_THROWS_AS(vqi::measure_ciede2000(image, pattern_image(30, 21, 3, 8, 1)), vqi::Error);
}
