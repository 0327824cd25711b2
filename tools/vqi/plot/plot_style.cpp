// Tables of colours, markers and dashes.
#include "plot_style.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace vqi::tool {
namespace {

// Colours of Okabe and Ito, "Color Universal Design", 2008, ordered so that neighbours also differ in lightness. Yellow
// is hard to see on white, blue and black on a dark background: there each theme has a substitute.
constexpr std::array<Colour, 7> light_palette{{{0x00, 0x72, 0xB2},
                                               {0xD5, 0x5E, 0x00},
                                               {0x00, 0x9E, 0x73},
                                               {0xCC, 0x79, 0xA7},
                                               {0x00, 0x00, 0x00},
                                               {0xE6, 0x9F, 0x00},
                                               {0x56, 0xB4, 0xE9}}};
constexpr std::array<Colour, 7> dark_palette{{{0x56, 0xB4, 0xE9},
                                              {0xE6, 0x9F, 0x00},
                                              {0x00, 0xC0, 0x8B},
                                              {0xE0, 0x8F, 0xBC},
                                              {0xF0, 0xE4, 0x42},
                                              {0xF0, 0x72, 0x1A},
                                              {0xE8, 0xE8, 0xE8}}};
constexpr std::array<MarkerShape, 7> markers{MarkerShape::disc,    MarkerShape::square,        MarkerShape::triangle,
                                             MarkerShape::diamond, MarkerShape::triangle_down, MarkerShape::pentagon,
                                             MarkerShape::star};

/// `count` corners at equal angles, starting at `first_angle`, with alternating radii.
std::vector<PagePoint> corners(const PagePoint& centre, int count, double first_angle, double radius,
                               double other_radius) {
  std::vector<PagePoint> points;
  for (int corner = 0; corner < count; ++corner) {
    const double angle = first_angle + 2 * std::numbers::pi * corner / count;
    const double reach = corner % 2 == 0 ? radius : other_radius;
    points.push_back({centre.x + reach * std::cos(angle), centre.y + reach * std::sin(angle)});
  }
  return points;
}

std::vector<PagePoint> outline(MarkerShape marker, const PagePoint& centre, double radius) {
  constexpr double up = -std::numbers::pi / 2;
  // The factors give all markers about the same area.
  switch (marker) {
    case MarkerShape::square:
      return corners(centre, 4, up / 2, radius * 1.25, radius * 1.25);
    case MarkerShape::triangle:
      return corners(centre, 3, up, radius * 1.45, radius * 1.45);
    case MarkerShape::diamond:
      return corners(centre, 4, up, radius * 1.35, radius * 1.35);
    case MarkerShape::triangle_down:
      return corners(centre, 3, -up, radius * 1.45, radius * 1.45);
    case MarkerShape::pentagon:
      return corners(centre, 5, up, radius * 1.2, radius * 1.2);
    case MarkerShape::star:
      return corners(centre, 10, up, radius * 1.6, radius * 0.75);
    case MarkerShape::disc:
      break;
  }
  return {};
}

}  // namespace

std::optional<PlotTheme> plot_theme_from_name(std::string_view name) {
  if (name == "light") return PlotTheme::light;
  if (name == "dark") return PlotTheme::dark;
  return std::nullopt;
}

ThemeColours theme_colours(PlotTheme theme) {
  if (theme == PlotTheme::dark)
    return {{0x14, 0x17, 0x1C}, {0xE6, 0xE8, 0xEB}, {0xA3, 0xAA, 0xB4}, {0x6B, 0x73, 0x7F}, {0x2B, 0x30, 0x38}};
  return {{0xFF, 0xFF, 0xFF}, {0x1B, 0x1F, 0x24}, {0x57, 0x60, 0x6A}, {0x8C, 0x95, 0x9F}, {0xE4, 0xE7, 0xEB}};
}

CurveStyle curve_style(std::size_t curve, PlotTheme theme) {
  static const std::array<std::vector<double>, 4> dashes{{{}, {5, 2.5}, {1.5, 2}, {6, 2, 1.5, 2}}};
  const auto& palette = theme == PlotTheme::dark ? dark_palette : light_palette;
  const std::size_t round = curve / palette.size();
  return {palette[curve % palette.size()], markers[(curve + round) % markers.size()], dashes[round % dashes.size()]};
}

Shape marker_at(const PagePoint& centre, double radius, const CurveStyle& style, bool hollow,
                const Colour& background) {
  const Colour fill = hollow ? background : style.colour;
  constexpr double edge_width = 1.2;  // points
  const Stroke edge{style.colour, edge_width, {}};
  if (style.marker == MarkerShape::disc) return Disc{centre, radius, fill, edge};
  return Path{outline(style.marker, centre, radius), true, fill, edge};
}

}  // namespace vqi::tool
