// One panel of a chart: two axes, curves with markers, and K as the label of each point.
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
  std::optional<double> y;  ///< none: drawn above all values, in a band of its own
  std::uint32_t k = 0;
  bool on_hull = false;
  bool knee = false;
  double error = 0;  ///< half the length of the error bar, in units of y
};

struct PanelCurve {
  std::vector<PanelPoint> points;
  CurveStyle style;
};

struct Panel {
  std::string x_title;
  std::string y_title;
  std::string above_all;  ///< label of the band for points without y
  std::vector<PanelCurve> curves;
  bool label_points = true;  ///< label each point with its K
};

// Sizes of letters and markers in points (1/72 inch), the same in the whole chart.
constexpr double title_size = 12;
constexpr double text_size = 10.5;
constexpr double label_size = 9;
constexpr double marker_radius = 3.2;
constexpr double knee_radius = 6.4;  // of the ring around a marker
constexpr double ring_width = 1.1;
constexpr double curve_width = 1.6;

// Layout of a page with two panels side by side and a legend below, in points.
constexpr double page_width = 880;
constexpr double panel_height = 370;
constexpr double page_margin = 14;
constexpr double panel_spacing = 22;

/// Draws the panel, with its axis titles, inside `area`.
void draw_panel(const Panel& panel, const PageBox& area, PlotTheme theme, const TextMeasure& measure, Drawing& drawing);

}  // namespace vqi::tool
