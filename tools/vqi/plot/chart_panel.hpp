// One panel of a chart: a frame with two axes, curves with markers, and a label of K at the points.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "drawing.hpp"
#include "plot_style.hpp"

namespace vqi::tool {

struct PanelPoint {
  double x = 0;
  std::optional<double> y;  ///< none: above every value, on a line of its own
  std::uint32_t k = 0;
  bool on_hull = false;
  bool knee = false;
  double error = 0;  ///< half the length of a bar through the point, in y
};

struct PanelCurve {
  std::vector<PanelPoint> points;
  CurveStyle style;
};

struct Panel {
  std::string x_title;
  std::string y_title;
  std::string above_all;  ///< what a point without y is called on the y axis
  std::vector<PanelCurve> curves;
  bool label_points = true;  ///< with K
};

// Sizes of letters and markers in points, the same in the whole chart.
constexpr double title_size = 12;
constexpr double text_size = 10.5;
constexpr double label_size = 9;
constexpr double marker_radius = 3.2;
constexpr double knee_radius = 6.4;

/// Adds the panel to the drawing inside `area`, axis titles included.
void draw_panel(const Panel& panel, const PageBox& area, PlotTheme theme, const TextMeasure& measure, Drawing& drawing);

}  // namespace vqi::tool
