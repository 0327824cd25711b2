// Tests of distances in Oklab against values computed by hand from published coordinates.
#include "oklab_mse.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "common_form.hpp"
#include "test_work.hpp"

namespace vqi {
using namespace detail;
namespace {

/// A row of pixels whose samples follow each other.
Image row_of(std::uint32_t channels, const std::vector<int>& samples) {
  Image image(static_cast<std::uint32_t>(samples.size()) / channels, 1, channels, 8);
  for (std::size_t i = 0; i < samples.size(); ++i) image.samples()[i] = static_cast<std::byte>(samples[i]);
  return image;
}

double distance(const Image& first, const Image& second, std::uint32_t threads = 1) {
  const CommonForm form(first, second);
  test::TestWork work(threads);
  return oklab_mse(form.rows(), work);
}

}  // namespace

TEST_CASE("white is 1 from black, and red as far from green as their published coordinates say") {
  CHECK(distance(row_of(3, {255, 255, 255}), row_of(3, {0, 0, 0})) == Approx(1).margin(1e-6));
  CHECK(distance(row_of(1, {255}), row_of(1, {0})) == Approx(1).margin(1e-9));
  // (0.62796, 0.22486, 0.12585) and (0.86644, -0.23389, 0.17950): 0.05687 + 0.21045 + 0.00288
  CHECK(distance(row_of(3, {255, 0, 0}), row_of(3, {0, 255, 0})) == Approx(0.27020).margin(2e-4));
}

TEST_CASE("the distance is a mean over all pixels, equal ones too") {
  CHECK(distance(row_of(3, {255, 255, 255, 7, 8, 9}), row_of(3, {0, 0, 0, 7, 8, 9})) == Approx(0.5).margin(1e-6));
  CHECK(distance(row_of(3, {1, 2, 3}), row_of(3, {1, 2, 3})) == 0);
}

TEST_CASE("colours count as far as they are seen, and cover counts beside them") {
  CHECK(distance(row_of(4, {255, 255, 255, 0}), row_of(4, {9, 8, 7, 0})) == 0);
  CHECK(distance(row_of(4, {255, 255, 255, 255}), row_of(4, {9, 8, 7, 0})) == Approx(2).margin(1e-6));
  // White under alpha 51 of 255 is a fifth of white: 0.8^2 of lightness and 0.8^2 of alpha.
  CHECK(distance(row_of(4, {255, 255, 255, 51}), row_of(4, {255, 255, 255, 255})) == Approx(1.28).margin(1e-6));
}

TEST_CASE("distances in Oklab are the same at any depth and on any threads") {
  Image deep(90, 200, 3, 16);
  Image other(90, 200, 3, 16);
  Image plain(90, 200, 3, 8);
  Image plain_other(90, 200, 3, 8);
  for (std::uint32_t y = 0; y < 200; ++y)
    for (std::uint32_t i = 0; i < 270; ++i) {
      const std::uint32_t sample = (i * 7 + y * 3) & 255;
      plain.row(y)[i] = static_cast<std::byte>(sample);
      plain_other.row(y)[i] = static_cast<std::byte>(sample ^ 5);
      deep.row16(y)[i] = static_cast<std::uint16_t>(sample * 257);
      other.row16(y)[i] = static_cast<std::uint16_t>((sample ^ 5) * 257);
    }
  const double once = distance(deep, other);
  CHECK(once == Approx(distance(plain, plain_other)).epsilon(1e-6));
  CHECK(distance(deep, other, 2) == once);
  CHECK(distance(deep, other, 8) == once);
}

}  // namespace vqi
