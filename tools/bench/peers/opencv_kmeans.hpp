// The peer cv::kmeans: Lloyd's steps on all pixels, from k-means++ centres.
#pragma once

#include <cstdint>
#include <string>

#include "interleaved_runs.hpp"
#include "palette_image.hpp"
#include "vqi/image.hpp"

namespace vqi::bench {

/// cv::kmeans with 20 iterations, KMEANS_PP_CENTERS and one attempt.
class OpencvKmeans {
 public:
  /// Converts the pixels to floats; this is not timed.
  explicit OpencvKmeans(const Image& image);
  /// Returns the time to codebook and labels. `result` holds the codebook, rounded to 8 bits, and the labels.
  [[nodiscard]] Elapsed run(std::uint32_t k, PaletteImage& result) const;

 private:
  std::vector<float> samples_;
};

void set_opencv_threads(std::uint32_t threads);
[[nodiscard]] std::string opencv_version();

}  // namespace vqi::bench
