// All calls of OpenCV: imdecode.
#include "opencv_codec.hpp"

#include <cstdint>
#include <new>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

namespace vqi::detail {
namespace {

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

constexpr OpencvCodec codec{decode};

}  // namespace

extern "C" const OpencvCodec* vqi_opencv_codec_2() noexcept { return &codec; }

}  // namespace vqi::detail
