// All calls of OpenCV: imdecode and imencode, and colours into the order that they take.
#include "opencv_codec.hpp"

#include <array>
#include <cstdint>
#include <new>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

namespace vqi::detail {
namespace {

/// WebP lossless; TIFF with LZW.
std::vector<int> write_parameters(const std::string& extension) {
  if (extension == ".webp") return {cv::IMWRITE_WEBP_QUALITY, 101};
  if (extension == ".tif" || extension == ".tiff") return {cv::IMWRITE_TIFF_COMPRESSION, 5};
  return {};
}

std::uint32_t bit_depth_of(const cv::Mat& matrix) {
  if (matrix.depth() == CV_8U) return 8;
  return matrix.depth() == CV_16U ? 16 : 0;
}

std::optional<OpencvSamples> decode(std::span<const std::byte> file) {
  // OpenCV takes a pointer to non-const, and does not write through it.
  const cv::Mat bytes(1, static_cast<int>(file.size()), CV_8UC1, const_cast<std::byte*>(file.data()));
  auto matrix = std::make_shared<cv::Mat>();
  try {
    *matrix = cv::imdecode(bytes, cv::IMREAD_UNCHANGED);
  } catch (const cv::Exception& failure) {
    if (failure.code == cv::Error::StsNoMem) throw std::bad_alloc();
    return std::nullopt;
  }
  if (matrix->empty()) return std::nullopt;
  OpencvSamples samples;
  samples.data = reinterpret_cast<const std::byte*>(matrix->data);
  samples.width_px = static_cast<std::uint32_t>(matrix->cols);
  samples.height_px = static_cast<std::uint32_t>(matrix->rows);
  samples.channels = static_cast<std::uint32_t>(matrix->channels());
  samples.bit_depth = bit_depth_of(*matrix);
  samples.stride_bytes = matrix->step[0];
  samples.owner = std::move(matrix);
  return samples;
}

/// A matrix in OpenCV's channel order; grey ones borrow the view's samples.
cv::Mat bgr_matrix(const ImageView& image) {
  const int depth = image.bit_depth == 16 ? CV_16U : CV_8U;
  const cv::Mat source(static_cast<int>(image.height_px), static_cast<int>(image.width_px),
                       CV_MAKETYPE(depth, static_cast<int>(image.channels)), const_cast<std::byte*>(image.samples),
                       image.stride_bytes);
  if (image.channels == 1) return source;
  cv::Mat target(source.rows, source.cols, source.type());
  const std::array<int, 8> order{0, 2, 1, 1, 2, 0, 3, 3};
  cv::mixChannels(&source, 1, &target, 1, order.data(), image.channels);
  return target;
}

std::optional<std::vector<std::byte>> encode(const ImageView& image, const std::string& extension) {
  std::vector<unsigned char> encoded;
  try {
    if (!cv::imencode(extension, bgr_matrix(image), encoded, write_parameters(extension))) return std::nullopt;
  } catch (const cv::Exception& failure) {
    if (failure.code == cv::Error::StsNoMem) throw std::bad_alloc();
    return std::nullopt;
  }
  const auto* begin = reinterpret_cast<const std::byte*>(encoded.data());
  return std::vector<std::byte>(begin, begin + encoded.size());
}

constexpr OpencvCodec codec{decode, encode};

}  // namespace

extern "C" const OpencvCodec* vqi_opencv_codec_1() noexcept { return &codec; }

}  // namespace vqi::detail
