// How curves look: colours that colour-blind people tell apart, markers and dashes that print without colour.
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

/// What tells a curve from the others.
struct CurveStyle {
  Colour colour;
  MarkerShape marker = MarkerShape::disc;
  std::vector<double> dashes;
};

/// No two of the first 196 curves look the same, and the first seven differ in colour and in marker.
[[nodiscard]] CurveStyle curve_style(std::size_t curve, PlotTheme theme);

/// The shape of a marker around a point, with the background's colour inside if `hollow`.
[[nodiscard]] Shape marker_at(const PagePoint& centre, double radius, const CurveStyle& style, bool hollow,
                              const Colour& background);

}  // namespace vqi::tool
