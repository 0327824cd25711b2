// Tests of the error of blurred images against a plain blur in double precision.
#include "blurred_mse.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "common_form.hpp"
#include "premultiply.hpp"
#include "test_images.hpp"
#include "test_work.hpp"

namespace vqi {
using namespace test;
namespace {

double blurred(const Image& first, const Image& second, std::uint32_t threads = 1) {
  const CommonForm form(first, second);
  TestWork work(threads);
  return blurred_mse(form.rows(), work);
}

double visible(const Image& image, std::uint32_t x, std::uint32_t y, std::uint32_t c) {
  const std::uint32_t sample = sample_at(image, x, y, c);
  if (image.channels() % 2 == 1 || c + 1 == image.channels()) return sample;
  return premultiply(sample, sample_at(image, x, y, image.channels() - 1), image.view().max_value());
}

double plainly_blurred(const Image& first, const Image& second) {
  std::vector<double> weights;
  double total = 0;
  for (int i = -5; i <= 5; ++i) weights.push_back(std::exp(-i * i / 4.5));
  for (const double weight : weights) total += weight;
  const auto inside = [](std::int64_t place, std::uint32_t size) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(place, 0, std::int64_t{size} - 1));
  };
  double sum = 0;
  for (std::uint32_t c = 0; c < first.channels(); ++c)
    for (std::uint32_t y = 0; y < first.height_px(); ++y)
      for (std::uint32_t x = 0; x < first.width_px(); ++x) {
        double value = 0;
        for (std::int64_t dy = -5; dy <= 5; ++dy)
          for (std::int64_t dx = -5; dx <= 5; ++dx) {
            const std::uint32_t px = inside(x + dx, first.width_px());
            const std::uint32_t py = inside(y + dy, first.height_px());
            value += weights[static_cast<std::size_t>(dx + 5)] * weights[static_cast<std::size_t>(dy + 5)] *
                     (visible(first, px, py, c) - visible(second, px, py, c));
          }
        sum += value / total / total * (value / total / total);
      }
  return sum / (double{1} * first.width_px() * first.height_px() * first.channels());
}

}  // namespace

TEST_CASE("the error of blurred images is that of a plain blur, on every type and tiny sizes") {
  for (std::uint32_t channels = 1; channels <= 4; ++channels)
    for (const std::uint32_t depth : {8U, 16U})
      for (const auto& [width, height] : {std::pair{40U, 70U}, {1U, 1U}, {3U, 2U}, {13U, 1U}}) {
        const Image first = make_image(width, height, channels, depth, Content::noise, 1);
        const Image second = make_image(width, height, channels, depth, Content::noise, 2);
        CHECK(blurred(first, second) == Approx(plainly_blurred(first, second)).epsilon(1e-4));
      }
}

TEST_CASE("an even error is not blurred away, and equal images have none") {
  const Image first = make_image(50, 50, 3, 8, Content::flat);
  Image second = first;
  for (std::byte& sample : second.samples()) sample = static_cast<std::byte>(static_cast<int>(sample) + 7);
  CHECK(blurred(first, second) == Approx(49));
  CHECK(blurred(first, first) == 0);
}

TEST_CASE("the error of blurred images is the same to the last bit at 1, 2 and 4 threads") {
  const Image first = make_image(131, 300, 3, 8, Content::noise, 1);
  const Image second = make_image(131, 300, 3, 8, Content::noise, 2);
  CHECK(blurred(first, second, 2) == blurred(first, second));
  CHECK(blurred(first, second, 4) == blurred(first, second));
}

}  // namespace vqi
