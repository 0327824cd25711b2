// What vqi sweep found out: the rows of every image, and their means over several images.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command_results.hpp"
#include "vqi/sweep.hpp"

namespace vqi::tool {

/// One image with its rows, which are the same options for every image.
struct SweptImage {
  std::string input;
  ImageKind kind;
  std::vector<SweepRow> rows;
  double read_seconds = 0;
};

/// The same options over all images.
struct SweepMean {
  EncodeOptions options;
  double ratio = 0;
  double bpp = 0;
  double mse = 0;
  std::optional<double> psnr_db;  ///< mean of the images' PSNR; none if one of them is lossless
  std::optional<double> ssim;     ///< none if an image has none
  bool on_hull = false;
  bool knee = false;
};

struct SweepResult {
  std::vector<SweptImage> images;
  std::vector<SweepMean> means;  ///< empty unless there are several images
};

/// The means over at least one image, each image with the same rows.
[[nodiscard]] std::vector<SweepMean> mean_rows(const std::vector<SweptImage>& images);

}  // namespace vqi::tool
