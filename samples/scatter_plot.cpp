// SVG elements as text; an ellipse is a polygon of points on a circle, through the Cholesky factor of its covariance.
#include "scatter_plot.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

namespace vqi::samples {
namespace {

constexpr int columns = 3;
constexpr double panel_side = 210;
constexpr double margin_left = 46;
constexpr double pitch = margin_left + panel_side;
constexpr double margin_top = 28;
constexpr double margin_bottom = 34;
constexpr int ellipse_corners = 72;

/// A number with one digit after the point.
std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", value);
  return text.data();
}

/// Maps values of a panel to coordinates of the page.
struct Place {
  const ScatterAxes& axes;
  double left = 0;
  double top = 0;

  [[nodiscard]] std::string x(double value) const {
    return number(left + panel_side * (value - axes.x_range[0]) / (axes.x_range[1] - axes.x_range[0]));
  }
  [[nodiscard]] std::string y(double value) const {
    return number(top + panel_side * (axes.y_range[1] - value) / (axes.y_range[1] - axes.y_range[0]));
  }
};

std::string colour_of(double red) {
  const int part = static_cast<int>(std::lround(std::clamp(red, 0.0, 1.0) * 255));
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "#%02x%02x%02x", 40 + part * 180 / 255, 50, 220 - part * 180 / 255);
  return text.data();
}

void write_text(std::ostream& out, double x, double y, const std::string& text, const std::string& more = "") {
  out << R"(<text x=")" << number(x) << R"(" y=")" << number(y) << R"(" text-anchor="middle")" << more << ">" << text
      << "</text>\n";
}

void write_ellipse(std::ostream& out, const Place& place, const DeviationEllipse& ellipse) {
  // mean + L (cos t, sin t), where L L^T is the covariance.
  const double l_xx = std::sqrt(ellipse.xx);
  const double l_xy = ellipse.xy / l_xx;
  const double l_yy = std::sqrt(std::max(0.0, ellipse.yy - l_xy * l_xy));
  out << R"(<polygon fill="none" stroke-width="2" stroke=")" << colour_of(ellipse.red ? 1 : 0) << R"(" points=")";
  for (int corner = 0; corner < ellipse_corners; ++corner) {
    const double t = 2 * std::numbers::pi * corner / ellipse_corners;
    out << place.x(ellipse.x + l_xx * std::cos(t)) << ","
        << place.y(ellipse.y + l_xy * std::cos(t) + l_yy * std::sin(t)) << " ";
  }
  out << "\"/>\n";
}

void write_panel(std::ostream& out, const Place& place, const ScatterPanel& panel) {
  const ScatterAxes& axes = place.axes;
  out << R"(<rect x=")" << number(place.left) << R"(" y=")" << number(place.top) << R"(" width=")" << panel_side
      << R"(" height=")" << panel_side << R"(" fill="none" stroke="#888"/>)"
      << "\n";
  write_text(out, place.left + panel_side / 2, place.top - 6, panel.title);
  write_text(out, place.left + panel_side / 2, place.top + panel_side + 28, axes.x_title);
  const double middle = place.top + panel_side / 2;
  write_text(out, place.left - 32, middle, axes.y_title,
             " transform=\"rotate(-90 " + number(place.left - 32) + " " + number(middle) + ")\"");
  for (const double part : {0.0, 0.5, 1.0}) {
    const double x = axes.x_range[0] + part * (axes.x_range[1] - axes.x_range[0]);
    const double y = axes.y_range[0] + part * (axes.y_range[1] - axes.y_range[0]);
    write_text(out, place.left + part * panel_side, place.top + panel_side + 14, number(x));
    write_text(out, place.left - 16, place.top + (1 - part) * panel_side + 4, number(y));
  }
  for (const ScatterPoint& point : panel.points)
    out << R"(<circle r="1.8" cx=")" << place.x(point.x) << R"(" cy=")" << place.y(point.y) << R"(" fill=")"
        << colour_of(point.red) << "\"/>\n";
  // A nested svg element clips shapes that leave the panel, as early ellipses do.
  out << R"(<svg x=")" << place.left << R"(" y=")" << place.top << R"(" width=")" << panel_side << R"(" height=")"
      << panel_side << R"(" viewBox=")" << place.left << " " << place.top << " " << panel_side << " " << panel_side
      << "\">\n";
  for (const DeviationEllipse& ellipse : panel.ellipses) write_ellipse(out, place, ellipse);
  out << "</svg>\n";
}

}  // namespace

void write_scatter_plot(std::ostream& out, const ScatterAxes& axes, const std::vector<ScatterPanel>& panels) {
  const std::size_t rows = (panels.size() + columns - 1) / columns;
  const double width = margin_left + columns * pitch;
  const double height = static_cast<double>(rows) * (margin_top + panel_side + margin_bottom);
  out << R"(<svg xmlns="http://www.w3.org/2000/svg" width=")" << width << R"(" height=")" << height
      << "\" font-family=\"sans-serif\" font-size=\"10\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const auto column = static_cast<double>(i % columns);
    const auto row = static_cast<double>(i / columns);
    write_panel(out, {axes, margin_left + column * pitch, margin_top + row * (margin_top + panel_side + margin_bottom)},
                panels[i]);
  }
  out << "</svg>\n";
}

}  // namespace vqi::samples
