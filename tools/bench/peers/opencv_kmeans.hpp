// The peer cv::kmeans: Lloyd's steps over all pixels, from k-means++ centres.
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
  /// Converts the pixels to floats; that is not part of the time.
  explicit OpencvKmeans(const Image& image);
  /// Time to codebook and labels; `result` has the codebook rounded to 8 bits.
  [[nodiscard]] Elapsed run(std::uint32_t k, PaletteImage& result) const;

 private:
  std::vector<float> samples_;
};

void set_opencv_threads(std::uint32_t threads);
[[nodiscard]] std::string opencv_version();

}  // namespace vqi::bench
