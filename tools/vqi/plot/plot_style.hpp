// The look of curves: colours that colour-blind people can tell apart, and markers and dashes that work without colour.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "drawing.hpp"

namespace vqi::tool {

enum class PlotTheme { light, dark };

[[nodiscard]] std::optional<PlotTheme> plot_theme_from_name(std::string_view name);

struct ThemeColours {
  Colour background;
  Colour text;
  Colour faint_text;
  Colour frame;
  Colour grid;
};

[[nodiscard]] ThemeColours theme_colours(PlotTheme theme);

enum class MarkerShape { disc, square, triangle, diamond, triangle_down, pentagon, star };

/// The look of one curve.
struct CurveStyle {
  Colour colour;
  MarkerShape marker = MarkerShape::disc;
  std::vector<double> dashes;
};

/// The style of curve number `curve`, from 0. The first 196 styles all differ; the first seven differ in both colour
/// and marker.
[[nodiscard]] CurveStyle curve_style(std::size_t curve, PlotTheme theme);

/// A marker around a point. If `hollow` it is filled with `background`.
[[nodiscard]] Shape marker_at(const PagePoint& centre, double radius, const CurveStyle& style, bool hollow,
                              const Colour& background);

}  // namespace vqi::tool
