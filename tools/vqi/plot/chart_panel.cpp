// Lays out one panel and draws axes, curves, markers and labels.
#include "chart_panel.hpp"

#include <algorithm>
#include <array>

#include "axis_ticks.hpp"
#include "label_placement.hpp"

namespace vqi::tool {
namespace {

// Lengths in points.
constexpr double spacing = 6;            // between an axis, its numbers and its title
constexpr double above_all_height = 32;  // height of the band for points without y
constexpr double x_tick_distance = 58;   // desired distance of neighbouring ticks
constexpr double y_tick_distance = 40;   // desired distance of neighbouring ticks
constexpr double thin_line_width = 0.8;  // grid lines and dotted lines
constexpr double axis_width = 1;
constexpr double error_bar_width = 1;
// Half the side of the square around a marker that labels avoid, in radii of a disc: other markers reach farther out.
constexpr double marker_reach = 1.4;
constexpr double label_height = 0.8;  // height of digits with some room, in font sizes

/// A linear map from values to coordinates of the page.
struct Scale {
  double low = 0;
  double high = 1;
  double page_low = 0;
  double page_high = 1;
  [[nodiscard]] double at(double value) const {
    return page_low + (value - low) / (high - low) * (page_high - page_low);
  }
};

/// The layout of a panel.
struct PanelFrame {
  PageBox plot;        ///< the area inside the axes, with the band for points without y
  double above_y = 0;  ///< y of the points without y
  AxisTicks x_ticks;
  AxisTicks y_ticks;
  Scale x;
  Scale y;
  bool has_values = false;  ///< true if a point has y
  bool has_above = false;   ///< true if a point has no y

  [[nodiscard]] PagePoint place(const PanelPoint& point) const {
    return {x.at(point.x), point.y ? y.at(*point.y) : above_y};
  }
};

struct Range {
  double low = 0;
  double high = 0;
  bool empty = true;
  void include(double value) {
    low = empty ? value : std::min(low, value);
    high = empty ? value : std::max(high, value);
    empty = false;
  }
};

int interval_count(double length, double distance) { return std::max(2, static_cast<int>(length / distance)); }

PanelFrame frame_of(const Panel& panel, const PageBox& area, const TextMeasure& measure) {
  PanelFrame frame;
  Range x_range;
  Range y_range;
  for (const PanelCurve& curve : panel.curves) {
    for (const PanelPoint& point : curve.points) {
      x_range.include(point.x);
      if (!point.y) {
        frame.has_above = true;
        continue;
      }
      y_range.include(*point.y - point.error);
      y_range.include(*point.y + point.error);
    }
  }
  frame.has_values = !y_range.empty;
  // A rate axis starts at 0, unless the curves would then fill less than two thirds of the width.
  if (!x_range.empty && x_range.low < x_range.high / 3) x_range.low = 0;

  frame.plot = area;
  frame.plot.top += text_size / 2;  // the topmost number is centred on the corner of the frame
  frame.plot.bottom -= spacing + text_size + spacing + title_size;
  const double values_top = frame.plot.top + (frame.has_above ? above_all_height : 0);
  frame.y_ticks =
      axis_ticks(y_range.low, y_range.high, interval_count(frame.plot.bottom - values_top, y_tick_distance));
  double number_width = frame.has_above ? measure(panel.above_all, text_size, false) : 0;
  for (const double value : frame.y_ticks.values)
    number_width = std::max(number_width, measure(frame.y_ticks.text(value), text_size, false));
  frame.plot.left += title_size + spacing + number_width + spacing;
  frame.x_ticks = axis_ticks(x_range.low, x_range.high, interval_count(frame.plot.width(), x_tick_distance));
  // Half of the rightmost number lies to the right of the frame.
  frame.plot.right -= measure(frame.x_ticks.text(frame.x_ticks.high()), text_size, false) / 2;
  frame.above_y = frame.plot.top + above_all_height / 2;
  frame.x = {frame.x_ticks.low(), frame.x_ticks.high(), frame.plot.left, frame.plot.right};
  frame.y = {frame.y_ticks.low(), frame.y_ticks.high(), frame.plot.bottom, values_top};
  return frame;
}

Path line(const PagePoint& from, const PagePoint& to, const Stroke& stroke) {
  return {{from, to}, false, std::nullopt, stroke};
}

void draw_axes(const Panel& panel, const PanelFrame& frame, const PageBox& area, const ThemeColours& colours,
               std::vector<Shape>& shapes) {
  const Stroke grid{colours.grid, thin_line_width, {}};
  const PageBox& plot = frame.plot;
  const auto number = [&](std::string text, const PagePoint& position, TextAnchor anchor) {
    shapes.emplace_back(Text{std::move(text), position, text_size, anchor, false, false, colours.faint_text});
  };
  for (const double value : frame.x_ticks.values) {
    const double x = frame.x.at(value);
    shapes.emplace_back(line({x, plot.top}, {x, plot.bottom}, grid));
    number(frame.x_ticks.text(value), {x, plot.bottom + spacing + text_size / 2}, TextAnchor::middle);
  }
  if (frame.has_values) {
    for (const double value : frame.y_ticks.values) {
      const double y = frame.y.at(value);
      shapes.emplace_back(line({plot.left, y}, {plot.right, y}, grid));
      number(frame.y_ticks.text(value), {plot.left - spacing, y}, TextAnchor::end);
    }
  }
  if (frame.has_above) {
    shapes.emplace_back(
        line({plot.left, frame.above_y}, {plot.right, frame.above_y}, Stroke{colours.frame, thin_line_width, {2, 3}}));
    number(panel.above_all, {plot.left - spacing, frame.above_y}, TextAnchor::end);
  }
  shapes.emplace_back(Path{{{plot.left, plot.top}, {plot.left, plot.bottom}, {plot.right, plot.bottom}},
                           false,
                           std::nullopt,
                           Stroke{colours.frame, axis_width, {}}});
  shapes.emplace_back(Text{panel.x_title,
                           {plot.centre().x, area.bottom - title_size / 2},
                           title_size,
                           TextAnchor::middle,
                           false,
                           false,
                           colours.text});
  shapes.emplace_back(Text{panel.y_title,
                           {area.left + title_size / 2, plot.centre().y},
                           title_size,
                           TextAnchor::middle,
                           false,
                           true,
                           colours.text});
}

void draw_curve(const PanelCurve& curve, const PanelFrame& frame, std::vector<Shape>& shapes) {
  std::vector<PagePoint> known;
  for (std::size_t n = 0; n < curve.points.size(); ++n) {
    const PagePoint here = frame.place(curve.points[n]);
    if (curve.points[n].y) known.push_back(here);
    if (n == 0 || (curve.points[n].y && curve.points[n - 1].y)) continue;
    // No scale leads from the last value to "lossless": a thin line only shows that the points belong together.
    shapes.emplace_back(
        line(frame.place(curve.points[n - 1]), here, Stroke{curve.style.colour, thin_line_width, {1.5, 3}}));
  }
  if (known.size() > 1)
    shapes.emplace_back(Path{known, false, std::nullopt, Stroke{curve.style.colour, curve_width, curve.style.dashes}});
}

void draw_markers(const PanelCurve& curve, const PanelFrame& frame, const ThemeColours& colours,
                  std::vector<Shape>& shapes) {
  for (const PanelPoint& point : curve.points) {
    const PagePoint here = frame.place(point);
    if (point.y && point.error > 0)
      shapes.emplace_back(line({here.x, frame.y.at(*point.y - point.error)},
                               {here.x, frame.y.at(*point.y + point.error)},
                               Stroke{curve.style.colour, error_bar_width, {}}));
    if (point.knee) shapes.emplace_back(Disc{here, knee_radius, std::nullopt, Stroke{colours.text, ring_width, {}}});
    shapes.push_back(marker_at(here, marker_radius, curve.style, !point.on_hull, colours.background));
  }
}

Colour between(const Colour& first, const Colour& second) {
  const auto mean = [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>((a + b) / 2); };
  return {mean(first.red, second.red), mean(first.green, second.green), mean(first.blue, second.blue)};
}

LabelSurroundings surroundings_of(const Panel& panel, const PanelFrame& frame) {
  LabelSurroundings surroundings;
  surroundings.area = frame.plot;
  surroundings.marker_radius = knee_radius;
  for (const PanelCurve& curve : panel.curves) {
    for (std::size_t n = 0; n < curve.points.size(); ++n) {
      const PagePoint here = frame.place(curve.points[n]);
      const double radius = curve.points[n].knee ? knee_radius : marker_radius * marker_reach;
      surroundings.boxes.push_back({here.x - radius, here.y - radius, here.x + radius, here.y + radius});
      if (n > 0) surroundings.segments.push_back({frame.place(curve.points[n - 1]), here});
    }
  }
  return surroundings;
}

/// Points with a lower rank choose the places of their labels first.
int label_rank(const PanelPoint& point, bool at_an_end) {
  if (point.knee) return 0;
  if (at_an_end) return 1;
  return point.on_hull ? 2 : 3;
}

void draw_labels(const Panel& panel, const PanelFrame& frame, const ThemeColours& colours, const TextMeasure& measure,
                 std::vector<Shape>& shapes) {
  struct Label {
    int rank = 0;
    LabelRequest request;
    Text text;
  };
  std::vector<Label> labels;
  for (const PanelCurve& curve : panel.curves) {
    for (const PanelPoint& point : curve.points) {
      const bool at_an_end = &point == &curve.points.front() || &point == &curve.points.back();
      const std::string text = std::to_string(point.k);
      labels.push_back(
          {label_rank(point, at_an_end),
           {frame.place(point), measure(text, label_size, point.knee), label_size * label_height},
           {text, {}, label_size, TextAnchor::middle, point.knee, false, between(curve.style.colour, colours.text)}});
    }
  }
  std::stable_sort(labels.begin(), labels.end(), [](const Label& a, const Label& b) { return a.rank < b.rank; });
  std::vector<LabelRequest> requests;
  requests.reserve(labels.size());
  for (const Label& label : labels) requests.push_back(label.request);
  const std::vector<std::optional<PageBox>> places = place_labels(requests, surroundings_of(panel, frame));
  for (std::size_t n = 0; n < labels.size(); ++n) {
    if (!places[n]) continue;
    labels[n].text.position = places[n]->centre();
    shapes.emplace_back(labels[n].text);
  }
}

}  // namespace

void draw_panel(const Panel& panel, const PageBox& area, PlotTheme theme, const TextMeasure& measure,
                Drawing& drawing) {
  const ThemeColours colours = theme_colours(theme);
  const PanelFrame frame = frame_of(panel, area, measure);
  draw_axes(panel, frame, area, colours, drawing.shapes);
  for (const PanelCurve& curve : panel.curves) draw_curve(curve, frame, drawing.shapes);
  for (const PanelCurve& curve : panel.curves) draw_markers(curve, frame, colours, drawing.shapes);
  if (panel.label_points) draw_labels(panel, frame, colours, measure, drawing.shapes);
}

}  // namespace vqi::tool
