// A program outside the tree: encodes a cv::Mat, with the installed vqi::opencv.
#include <cstdio>
#include <opencv2/core.hpp>
#include <vqi/opencv.hpp>
#include <vqi/vqi.hpp>

int main() {
  const cv::Mat blue(10, 20, CV_8UC3, cv::Scalar(255, 0, 0));  // OpenCV's order: blue first
  const vqi::Image decoded = vqi::decode(vqi::encode(vqi::copy_of_bgr(blue)).bytes);
  std::printf("blue is %u\n", std::to_integer<unsigned>(decoded.row(0)[2]));
  return decoded.row(0)[2] == std::byte{255} ? 0 : 1;
}
