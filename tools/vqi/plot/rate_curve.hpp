// RateCurve: the measured points of one curve, rate against distortion.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vqi::tool {

/// One row of a sweep.
struct CurvePoint {
  double bpp = 0;
  std::optional<double> psnr_db;  ///< none if lossless
  std::optional<double> ssim;     ///< none if a side is under 11 pixels
  std::uint32_t k = 0;
  bool on_hull = false;
  bool knee = false;
};

/// The points are in the order in which a line joins them.
struct RateCurve {
  std::string label;  ///< UTF-8, for the legend
  std::vector<CurvePoint> points;
};

}  // namespace vqi::tool
