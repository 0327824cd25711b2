// The result of vqi sweep: the rows of every image, and their means over several images.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command_results.hpp"
#include "vqi/sweep.hpp"

namespace vqi::tool {

/// One image with its rows. The options of the rows are the same for every image.
struct SweptImage {
  std::string input;
  ImageKind kind;
  std::vector<SweepRow> rows;
  double read_seconds = 0;
};

/// The mean of one row over all images.
struct SweepMean {
  EncodeOptions options;
  double ratio = 0;
  double bpp = 0;
  double mse = 0;
  std::optional<double> mse_straight;  ///< none if one image has no alpha
  std::optional<double> psnr_db;       ///< mean PSNR; none if one image is lossless
  std::optional<double> ssim;          ///< mean SSIM; none if one image has none
  bool on_hull = false;
  bool knee = false;
};

struct SweepResult {
  std::vector<SweptImage> images;
  std::vector<SweepMean> means;  ///< empty if there is only one image
};

/// The means of all rows. There must be at least one image, and all images must have the same rows.
[[nodiscard]] std::vector<SweepMean> mean_rows(const std::vector<SweptImage>& images);

}  // namespace vqi::tool
