// Ids of images are of their pixels alone, and sums and variances are those of plain loops.
#include "image_sums.hpp"

#include <catch2/catch.hpp>

#include "premultiply.hpp"
#include "test_images.hpp"
#include "test_work.hpp"

using namespace vqi::detail;
using vqi::Image;
using vqi::ImageView;
using vqi::test::Content;

namespace {

ImageId id_of_image(const ImageView& image, std::uint32_t threads = 1) {
  vqi::test::TestWork work(threads);
  return image_id(image, work);
}

}  // namespace

TEST_CASE("an image's id is of its size, type and pixels, not of strides or threads") {
  const Image image = vqi::test::make_image(300, 500, 3, 8, Content::noise);
  const ImageId id = id_of_image(image);
  CHECK(id_of_image(image, 3) == id);
  std::vector<std::byte> padded((image.width_px() * 3 + 5) * std::size_t{image.height_px()});
  ImageView view = image;
  view.stride_bytes = image.width_px() * std::size_t{3} + 5;
  view.samples = padded.data();
  for (std::uint32_t y = 0; y < image.height_px(); ++y)
    std::copy_n(image.row(y), image.width_px() * std::size_t{3}, padded.data() + y * view.stride_bytes);
  CHECK(id_of_image(view) == id);

  Image changed = image;
  changed.row(499)[899] ^= std::byte{1};
  CHECK(id_of_image(changed) != id);
  view = image;
  view.width_px = 900;
  view.channels = 1;
  CHECK(id_of_image(view) != id);
  view = image;
  view.height_px = 499;
  CHECK(id_of_image(view) != id);
}

TEST_CASE("sums are over all samples, premultiplied, and give the variance") {
  for (std::uint32_t channels = 1; channels <= 4; ++channels)
    for (const std::uint32_t depth : {8U, 16U}) {
      const Image image = vqi::test::make_image(31, 20, channels, depth, Content::noise);
      const BlockGrid grid{31, 20, channels, depth, 1, 1};
      vqi::test::TestWork work(1);
      const ImageSums sums = sums_of(image, *find_distinct_vectors(image, grid, work), work);
      const std::uint32_t most = depth == 16 ? 65535 : 255;
      double differences = 0;
      for (std::uint32_t c = 0; c < channels; ++c) {
        std::vector<double> values;
        double sum = 0;
        for (std::uint32_t y = 0; y < 20; ++y)
          for (std::uint32_t x = 0; x < 31; ++x) {
            const std::size_t at = std::size_t{x} * channels;
            std::uint32_t sample = load_sample(image.row(y), at + c, depth);
            if (channels % 2 == 0 && c + 1 < channels)
              sample = premultiply(sample, load_sample(image.row(y), at + channels - 1, depth), most);
            values.push_back(sample);
            sum += sample;
          }
        CHECK(static_cast<double>(sums.of_channel[c]) == sum);
        for (const double value : values) differences += (value - sum / 620) * (value - sum / 620);
      }
      CHECK(squared_differences(std::span(&sums, 1), 620) == Approx(differences));
    }
}
