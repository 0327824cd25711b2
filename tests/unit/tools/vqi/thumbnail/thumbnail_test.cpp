// Thumbnails: their size, and means of pixels.
#include "thumbnail.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using vqi::Image;
using vqi::tool::thumbnail;
using vqi::tool::thumbnail_size;
using vqi::tool::ThumbnailSize;

namespace {

Image image_of(std::uint32_t width_px, std::uint32_t channels, const std::vector<int>& samples) {
  Image image(width_px, static_cast<std::uint32_t>(samples.size()) / channels / width_px, channels, 8);
  for (std::size_t index = 0; index < samples.size(); ++index)
    image.samples()[index] = static_cast<std::byte>(samples[index]);
  return image;
}

std::vector<int> samples_of(const Image& image) {
  std::vector<int> samples;
  for (const std::byte sample : image.samples()) samples.push_back(std::to_integer<int>(sample));
  return samples;
}

}  // namespace

TEST_CASE("a thumbnail has the image's shape, and none is larger than the image") {
  CHECK(thumbnail_size(480, 320, 128) == ThumbnailSize{128, 85});
  CHECK(thumbnail_size(320, 480, 128) == ThumbnailSize{85, 128});
  CHECK(thumbnail_size(100, 50, 128) == ThumbnailSize{100, 50});
  CHECK(thumbnail_size(1000, 1, 10) == ThumbnailSize{10, 1});
  CHECK(thumbnail_size(4294967295U, 4294967295U, 256) == ThumbnailSize{256, 256});
}

TEST_CASE("a pixel of a thumbnail is the mean of those that it covers, and of their parts") {
  CHECK(samples_of(thumbnail(image_of(4, 1, {0, 10, 20, 30, 10, 20, 30, 40}), {2, 1})) == std::vector<int>{10, 30});
  // The middle one of three pixels belongs to both halves.
  CHECK(samples_of(thumbnail(image_of(3, 1, {30, 60, 120}), {2, 1})) == std::vector<int>{40, 100});
  CHECK(samples_of(thumbnail(image_of(1, 3, {1, 2, 3, 2, 4, 5}), {1, 1})) == std::vector<int>{2, 3, 4});
  const std::vector<int> samples{7, 8, 9, 10, 11, 12};
  CHECK(samples_of(thumbnail(image_of(2, 1, samples), {2, 3})) == samples);
}

TEST_CASE("colours count by their alpha, and those under transparent pixels for nothing") {
  CHECK(samples_of(thumbnail(image_of(2, 4, {200, 100, 0, 255, 9, 9, 9, 0}), {1, 1})) ==
        std::vector<int>{200, 100, 0, 128});
  CHECK(samples_of(thumbnail(image_of(2, 2, {100, 255, 40, 51}), {1, 1})) == std::vector<int>{90, 153});
  CHECK(samples_of(thumbnail(image_of(2, 2, {9, 0, 9, 0}), {1, 1})) == std::vector<int>{0, 0});
}

TEST_CASE("samples of 16 bits keep their depth, and metadata but the density stay") {
  Image image(2, 1, 1, 16);
  image.row16(0)[0] = 65535;
  image.row16(0)[1] = 1001;
  image.metadata().gamma = 45455;
  image.metadata().density = vqi::PixelDensity{3000, 3000, 1};
  const Image small = thumbnail(image, {1, 1});
  CHECK(small.bit_depth() == 16);
  CHECK(small.row16(0)[0] == 33268);
  CHECK(small.metadata().gamma == 45455);
  CHECK_FALSE(small.metadata().density);
}

TEST_CASE("sums over a large area are exact") {
  const Image image = [] {
    Image white(1000, 1000, 4, 8);
    for (std::byte& sample : white.samples()) sample = std::byte{255};
    return white;
  }();
  for (const int sample : samples_of(thumbnail(image, {7, 3}))) CHECK(sample == 255);
}
