// Draws the gap statistic in two panels, with a legend below.
#include "gap_plot.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "chart_legend.hpp"
#include "chart_panel.hpp"
#include "plain_text.hpp"
#include "valid_utf8.hpp"

namespace vqi::tool {
namespace {

/// A curve of one member of every row. The chosen K has a ring.
PanelCurve curve_of(const cluster::GapResult& result, double cluster::GapRow::*number, double cluster::GapRow::*error,
                    const CurveStyle& style) {
  PanelCurve curve{{}, style};
  for (const cluster::GapRow& row : result.rows) {
    PanelPoint point{static_cast<double>(row.k), row.*number, row.k, true, row.k == result.k};
    if (error != nullptr) point.error = row.*error;
    curve.points.push_back(point);
  }
  return curve;
}

/// Curves of the reference sets are dashed.
CurveStyle expected_style(CurveStyle style) {
  style.dashes = {5, 3};
  return style;
}

std::vector<LegendEntry> legend_of(std::span<const GapCurve> curves, PlotTheme theme) {
  const ThemeColours colours = theme_colours(theme);
  std::vector<LegendEntry> entries;
  const auto line = [](const CurveStyle& style) {
    return Path{{{-legend_key_width / 2, 0}, {legend_key_width / 2, 0}},
                false,
                std::nullopt,
                Stroke{style.colour, curve_width, style.dashes}};
  };
  for (std::size_t n = 0; n < curves.size(); ++n) {
    const CurveStyle style = curve_style(n, theme);
    const std::string label = one_line(valid_utf8(curves[n].label));
    entries.push_back({label, {line(style), marker_at({0, 0}, marker_radius, style, false, colours.background)}});
    entries.push_back({label + ", expected of reference sets", {line(expected_style(style))}});
  }
  entries.push_back({"chosen K", {Disc{{0, 0}, knee_radius, std::nullopt, Stroke{colours.text, ring_width, {}}}}});
  return entries;
}

std::string description_of(std::span<const GapCurve> curves) {
  std::string text;
  for (const GapCurve& curve : curves) {
    text += one_line(valid_utf8(curve.label)) + ":";
    for (const cluster::GapRow& row : curve.result.rows)
      text += " K " + std::to_string(row.k) + ": log W " + fixed(row.log_w, 4) + ", expected " +
              fixed(row.expected_log_w, 4) + ", gap " + fixed(row.gap, 4) + ", error " + fixed(row.error, 4) +
              (row.k == curve.result.k ? ", chosen;" : ";");
    text += '\n';
  }
  return text;
}

}  // namespace

Drawing gap_plot(std::span<const GapCurve> curves, PlotTheme theme, const TextMeasure& measure) {
  constexpr double right = page_width - page_margin;
  constexpr double panels_bottom = page_margin + panel_height;
  constexpr double split = (page_width - panel_spacing) / 2;
  Drawing drawing;
  drawing.width = page_width;
  drawing.background = theme_colours(theme).background;
  drawing.title = "The gap statistic: log W and its expectation, and the gap, against K";
  drawing.description = description_of(curves);
  Panel dispersions{"K", "log W", "", {}, false};
  Panel gaps{"K", "Gap", "", {}, false};
  for (std::size_t n = 0; n < curves.size(); ++n) {
    const cluster::GapResult& result = curves[n].result;
    const CurveStyle style = curve_style(n, theme);
    dispersions.curves.push_back(curve_of(result, &cluster::GapRow::log_w, nullptr, style));
    dispersions.curves.push_back(curve_of(result, &cluster::GapRow::expected_log_w, nullptr, expected_style(style)));
    gaps.curves.push_back(curve_of(result, &cluster::GapRow::gap, &cluster::GapRow::error, style));
  }
  draw_panel(dispersions, {page_margin, page_margin, split, panels_bottom}, theme, measure, drawing);
  draw_panel(gaps, {split + panel_spacing, page_margin, right, panels_bottom}, theme, measure, drawing);
  const std::vector<LegendEntry> entries = legend_of(curves, theme);
  const LegendLayout layout = lay_out_legend(entries, right - page_margin, measure);
  draw_legend(entries, layout, {page_margin, panels_bottom + page_margin}, theme_colours(theme).text, drawing);
  drawing.height = std::ceil(panels_bottom + page_margin + layout.height + page_margin);
  return drawing;
}

}  // namespace vqi::tool
