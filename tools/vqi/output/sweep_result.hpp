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
  std::vector<std::string> dropped{};  ///< metadata that a .vqi file would not hold
  std::vector<std::string> warnings{};
};

/// The options, apart from K, that differ between the rows of a sweep.
struct VaryingOptions {
  bool block = false;
  bool method = false;
  bool lambda = false;
  bool covariance = false;
  bool effort = false;
  bool seeding = false;
  bool coding = false;
  bool k = false;
};

[[nodiscard]] VaryingOptions varying_options(const std::vector<EncodeOptions>& rows);

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

/// Marks the hull and the knee among `rows`, such as those of a sweep that was stopped.
void mark_hull(std::vector<SweepRow>& rows);

/// The means of all rows. There must be at least one image, and all images must have the same rows.
[[nodiscard]] std::vector<SweepMean> mean_rows(const std::vector<SweptImage>& images);

}  // namespace vqi::tool
