// Calls cv::kmeans.
#include "opencv_kmeans.hpp"

#include <algorithm>
#include <opencv2/core.hpp>

namespace vqi::bench {

OpencvKmeans::OpencvKmeans(const Image& image) {
  samples_.reserve(image.size_bytes());
  for (const std::byte sample : image.samples()) samples_.push_back(std::to_integer<std::uint8_t>(sample));
}

Elapsed OpencvKmeans::run(std::uint32_t k, PaletteImage& result) const {
  // cv::kmeans only reads its data, but cv::Mat takes no const pointer.
  const cv::Mat data(static_cast<int>(samples_.size() / 3), 3, CV_32F, const_cast<float*>(samples_.data()));
  cv::Mat labels;
  cv::Mat centres;
  const cv::TermCriteria twenty_iterations(cv::TermCriteria::COUNT, 20, 0);
  const Elapsed elapsed = elapsed_in(
      [&] { cv::kmeans(data, static_cast<int>(k), labels, twenty_iterations, 1, cv::KMEANS_PP_CENTERS, centres); });
  result.palette.clear();
  for (int row = 0; row < centres.rows; ++row) {
    const float* centre = centres.ptr<float>(row);
    result.palette.push_back({cv::saturate_cast<std::uint8_t>(centre[0]), cv::saturate_cast<std::uint8_t>(centre[1]),
                              cv::saturate_cast<std::uint8_t>(centre[2])});
  }
  result.indices.assign(labels.begin<int>(), labels.end<int>());
  return elapsed;
}

void set_opencv_threads(std::uint32_t threads) { cv::setNumThreads(static_cast<int>(threads)); }

std::string opencv_version() { return cv::getVersionString(); }

}  // namespace vqi::bench
