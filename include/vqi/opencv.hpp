// Images from and to cv::Mat, with the order of channels in each name: OpenCV reads and writes BGR, vqi has RGB.
// Header only; the CMake target vqi::opencv brings OpenCV's headers and its core library along.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <opencv2/core.hpp>

#include "vqi/error.hpp"
#include "vqi/image.hpp"

namespace vqi {

namespace opencv_detail {

/// A matrix over the pixels of an image, in the image's own order. Borrows them; a const matrix of it is only read.
[[nodiscard]] inline cv::Mat matrix_over(ImageView image) {
  const int depth = image.bit_depth == 16 ? CV_16U : CV_8U;
  return {static_cast<int>(image.height_px), static_cast<int>(image.width_px),
          CV_MAKETYPE(depth, static_cast<int>(image.channels)), const_cast<std::byte*>(image.samples),
          image.stride_bytes};
}

/// Copies RGB to BGR or RGBA to BGRA, or back. `target` has the size and type of `source`, 3 or 4 channels.
inline void copy_with_red_and_blue_exchanged(const cv::Mat& source, cv::Mat& target) {
  constexpr std::array<int, 8> order{0, 2, 1, 1, 2, 0, 3, 3};
  cv::mixChannels(&source, 1, &target, 1, order.data(), static_cast<std::size_t>(source.channels()));
}

}  // namespace opencv_detail

/// Borrows a CV_8UCn or CV_16UCn matrix of 1 to 4 channels (grey, grey+alpha, RGB, RGBA). What cv::imread returns is
/// BGR: that takes `copy_of_bgr`. The matrix must outlive the view. Throws Error{invalid_image} for any other matrix.
[[nodiscard]] inline ImageView view_of_rgb(const cv::Mat& matrix) {
  if (matrix.dims != 2 || (matrix.depth() != CV_8U && matrix.depth() != CV_16U) || matrix.channels() > 4)
    throw Error(ErrorCode::invalid_image, "cv::Mat is not a 2-D matrix of 1 to 4 8- or 16-bit unsigned channels");
  ImageView view;
  view.samples = reinterpret_cast<const std::byte*>(matrix.data);
  view.width_px = static_cast<std::uint32_t>(matrix.cols);
  view.height_px = static_cast<std::uint32_t>(matrix.rows);
  view.channels = static_cast<std::uint32_t>(matrix.channels());
  view.bit_depth = matrix.depth() == CV_16U ? 16 : 8;
  view.stride_bytes = matrix.step[0];
  return view;
}

/// Shows an image as a matrix in the image's own order: RGB. The matrix borrows the pixels: what is written to it is
/// written to the image, which must outlive it and not be assigned to meanwhile.
[[nodiscard]] inline cv::Mat rgb_matrix_of(Image& image) { return opencv_detail::matrix_over(image); }

/// An image of a BGR or BGRA matrix, as cv::imread returns one; grey and grey+alpha are copied as they are.
/// Throws as `view_of_rgb`.
[[nodiscard]] inline Image copy_of_bgr(const cv::Mat& matrix) {
  const ImageView view = view_of_rgb(matrix);
  if (view.channels < 3) return Image(view);
  Image image(view.width_px, view.height_px, view.channels, view.bit_depth);
  cv::Mat target = rgb_matrix_of(image);
  opencv_detail::copy_with_red_and_blue_exchanged(matrix, target);
  return image;
}

/// A matrix of an image in OpenCV's order, as cv::imwrite takes it: BGR or BGRA; grey and grey+alpha as they are.
[[nodiscard]] inline cv::Mat bgr_copy_of(const Image& image) {
  const cv::Mat source = opencv_detail::matrix_over(image);
  if (image.channels() < 3) return source.clone();
  cv::Mat target(source.rows, source.cols, source.type());
  opencv_detail::copy_with_red_and_blue_exchanged(source, target);
  return target;
}

}  // namespace vqi
