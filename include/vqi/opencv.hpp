// Views over cv::Mat (header only; include it where OpenCV is at hand).
#pragma once

#include <cstdint>
#include <opencv2/core/mat.hpp>

#include "vqi/error.hpp"
#include "vqi/image.hpp"

namespace vqi {

/// Borrows a CV_8UCn or CV_16UCn matrix with 1-4 channels as it is: the caller sees to it that
/// colours are in RGB order (OpenCV reads BGR). The matrix must outlive the view.
[[nodiscard]] inline ImageView view_of(const cv::Mat& matrix) {
  if (matrix.dims != 2 || (matrix.depth() != CV_8U && matrix.depth() != CV_16U))
    throw Error(ErrorCode::invalid_image, "cv::Mat is not a 2-D matrix of 8- or 16-bit unsigned samples");
  ImageView view;
  view.samples = reinterpret_cast<const std::byte*>(matrix.data);
  view.width_px = static_cast<std::uint32_t>(matrix.cols);
  view.height_px = static_cast<std::uint32_t>(matrix.rows);
  view.channels = static_cast<std::uint32_t>(matrix.channels());
  view.bit_depth = matrix.depth() == CV_16U ? 16 : 8;
  view.stride_bytes = matrix.step[0];
  return view;
}

/// Shows an image as a matrix, in its own channel order. The image must outlive the matrix.
[[nodiscard]] inline cv::Mat matrix_of(Image& image) {
  const int depth = image.bit_depth() == 16 ? CV_16U : CV_8U;
  return {static_cast<int>(image.height_px()), static_cast<int>(image.width_px()),
          CV_MAKETYPE(depth, static_cast<int>(image.channels())), image.samples().data()};
}

}  // namespace vqi
