// vqi/opencv.hpp: no call takes BGR for RGB.
#include <catch2/catch.hpp>
#include <opencv2/core.hpp>

#include "image_tools.hpp"
#include "vqi/opencv.hpp"

TEST_CASE("a view shows a matrix as it lies, a copy of BGR has red first") {
  const cv::Mat matrix(2, 3, CV_8UC3, cv::Scalar(10, 20, 30));
  const vqi::ImageView view = vqi::view_of_rgb(matrix);
  CHECK(view.width_px == 3);
  CHECK(view.height_px == 2);
  CHECK(view.row(1)[0] == std::byte{10});
  const vqi::Image image = vqi::copy_of_bgr(matrix);
  CHECK(image.row(1)[0] == std::byte{30});
  CHECK(image.row(1)[1] == std::byte{20});
  CHECK(image.row(1)[2] == std::byte{10});
}

TEST_CASE("what is copied to BGR and back is the same image, of every type") {
  for (const std::uint32_t channels : {1U, 2U, 3U, 4U})
    for (const std::uint32_t depth : {8U, 16U}) {
      vqi::Image image = vqi::testing::gradient_image(5, 4, channels, depth);
      const cv::Mat matrix = vqi::bgr_copy_of(image);
      CAPTURE(channels, depth);
      CHECK(matrix.channels() == static_cast<int>(channels));
      CHECK(vqi::testing::samples_of(vqi::copy_of_bgr(matrix)) == vqi::testing::samples_of(image));
      const cv::Mat shown = vqi::rgb_matrix_of(image);
      CHECK(vqi::testing::samples_of(vqi::Image(vqi::view_of_rgb(shown))) == vqi::testing::samples_of(image));
    }
}

TEST_CASE("matrices that are no images are refused") {
  CHECK_THROWS_AS(vqi::view_of_rgb(cv::Mat(2, 2, CV_32FC3)), vqi::Error);
  CHECK_THROWS_AS(vqi::copy_of_bgr(cv::Mat(2, 2, CV_8UC(5))), vqi::Error);
}
