// Draws rate curves in one or two panels, with a legend below.
#include "rate_plot.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "chart_legend.hpp"
#include "chart_panel.hpp"
#include "plain_text.hpp"
#include "valid_utf8.hpp"

namespace vqi::tool {
namespace {

bool any_point(std::span<const RateCurve> curves, bool (*holds)(const CurvePoint&)) {
  return std::any_of(curves.begin(), curves.end(), [holds](const RateCurve& curve) {
    return std::any_of(curve.points.begin(), curve.points.end(), holds);
  });
}

enum class Measure { psnr, ssim };

Panel panel_of(std::span<const RateCurve> curves, Measure measure, PlotTheme theme) {
  Panel panel;
  panel.x_title = "Rate (bits per pixel)";
  panel.y_title = measure == Measure::psnr ? "PSNR (dB)" : "SSIM";
  panel.above_all = "lossless";
  for (std::size_t n = 0; n < curves.size(); ++n) {
    PanelCurve curve{{}, curve_style(n, theme)};
    for (const CurvePoint& point : curves[n].points) {
      if (measure == Measure::ssim && !point.ssim) continue;
      const std::optional<double> y = measure == Measure::psnr ? point.psnr_db : point.ssim;
      curve.points.push_back({point.bpp, y, point.k, point.on_hull, point.knee});
    }
    panel.curves.push_back(std::move(curve));
  }
  return panel;
}

std::vector<LegendEntry> curve_legend(std::span<const RateCurve> curves, PlotTheme theme) {
  const Colour background = theme_colours(theme).background;
  std::vector<LegendEntry> entries;
  for (std::size_t n = 0; n < curves.size(); ++n) {
    const CurveStyle style = curve_style(n, theme);
    const Path line{{{-legend_key_width / 2, 0}, {legend_key_width / 2, 0}},
                    false,
                    std::nullopt,
                    Stroke{style.colour, curve_width, style.dashes}};
    entries.push_back(
        {one_line(valid_utf8(curves[n].label)), {line, marker_at({0, 0}, marker_radius, style, false, background)}});
  }
  return entries;
}

/// Explains numbers, rings and hollow markers, if the plot has them.
std::vector<LegendEntry> mark_legend(std::span<const RateCurve> curves, PlotTheme theme) {
  const ThemeColours colours = theme_colours(theme);
  std::vector<LegendEntry> entries;
  CurveStyle neutral;
  neutral.colour = colours.faint_text;
  const Shape hollow = marker_at({0, 0}, marker_radius, neutral, true, colours.background);
  const Shape full = marker_at({0, 0}, marker_radius, neutral, false, colours.background);
  entries.push_back({"K, the number of codewords",
                     {Text{"16", {0, 0}, label_size, TextAnchor::middle, false, false, colours.faint_text}}});
  if (any_point(curves, [](const CurvePoint& point) { return point.knee; }))
    entries.push_back({"knee", {Disc{{0, 0}, knee_radius, std::nullopt, Stroke{colours.text, ring_width, {}}}, full}});
  if (any_point(curves, [](const CurvePoint& point) { return !point.on_hull; }))
    entries.push_back({"not on the convex hull", {hollow}});
  return entries;
}

std::string description_of(std::span<const RateCurve> curves) {
  std::string text;
  for (const RateCurve& curve : curves) {
    text += one_line(valid_utf8(curve.label)) + ":";
    for (const CurvePoint& point : curve.points) {
      text += " K " + std::to_string(point.k) + ": " + fixed(point.bpp, 3) + " bits per pixel, ";
      text += point.psnr_db ? fixed(*point.psnr_db, 2) + " dB" : "lossless";
      if (point.ssim) text += ", SSIM " + fixed(*point.ssim, 4);
      text += point.knee ? ", the knee;" : ";";
    }
    text += '\n';
  }
  return text;
}

}  // namespace

Drawing rate_plot(std::span<const RateCurve> curves, PlotTheme theme, const TextMeasure& measure) {
  constexpr double right = page_width - page_margin;
  constexpr double panels_bottom = page_margin + panel_height;
  const bool has_ssim = any_point(curves, [](const CurvePoint& point) { return point.ssim.has_value(); });
  const double split = has_ssim ? (page_width - panel_spacing) / 2 : right;
  Drawing drawing;
  drawing.width = page_width;
  drawing.background = theme_colours(theme).background;
  drawing.title = has_ssim ? "PSNR and SSIM against bits per pixel" : "PSNR against bits per pixel";
  drawing.description = description_of(curves);
  draw_panel(panel_of(curves, Measure::psnr, theme), {page_margin, page_margin, split, panels_bottom}, theme, measure,
             drawing);
  if (has_ssim)
    draw_panel(panel_of(curves, Measure::ssim, theme), {split + panel_spacing, page_margin, right, panels_bottom},
               theme, measure, drawing);
  double y = panels_bottom + page_margin;
  for (const std::vector<LegendEntry>& entries : {curve_legend(curves, theme), mark_legend(curves, theme)}) {
    const LegendLayout layout = lay_out_legend(entries, right - page_margin, measure);
    draw_legend(entries, layout, {page_margin, y}, theme_colours(theme).text, drawing);
    y += layout.height;
  }
  drawing.height = std::ceil(y + page_margin);
  return drawing;
}

}  // namespace vqi::tool
