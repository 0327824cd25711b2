// Draws panels of points and ellipses as one SVG file, without a drawing library.
#pragma once

#include <array>
#include <ostream>
#include <string>
#include <vector>

namespace vqi::samples {

/// A point and its colour, from 0 (blue) to 1 (red).
struct ScatterPoint {
  double x = 0;
  double y = 0;
  double red = 0;
};

/// The ellipse of all points one standard deviation from a mean.
struct DeviationEllipse {
  double x = 0;
  double y = 0;
  double xx = 1;  ///< variances and covariance
  double xy = 0;
  double yy = 1;
  bool red = false;
};

struct ScatterPanel {
  std::string title;
  std::vector<ScatterPoint> points;
  std::vector<DeviationEllipse> ellipses;
};

/// The axes of all panels.
struct ScatterAxes {
  std::string x_title;
  std::string y_title;
  std::array<double, 2> x_range{};
  std::array<double, 2> y_range{};
};

/// Panels in rows of three.
void write_scatter_plot(std::ostream& out, const ScatterAxes& axes, const std::vector<ScatterPanel>& panels);

}  // namespace vqi::samples
