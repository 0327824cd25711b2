// The look of curves.
#include "plot_style.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace vqi::tool;

namespace {

/// Contrast after WCAG 2.2: (brighter luminance + 0.05) / (darker luminance + 0.05).
double contrast(const Colour& first, const Colour& second) {
  const auto luminance = [](const Colour& colour) {
    const auto linear = [](double value) {
      return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.red / 255.0) + 0.7152 * linear(colour.green / 255.0) +
           0.0722 * linear(colour.blue / 255.0);
  };
  const double a = luminance(first) + 0.05;
  const double b = luminance(second) + 0.05;
  return a > b ? a / b : b / a;
}

}  // namespace

TEST_CASE("no two of 196 curves look the same") {
  for (const PlotTheme theme : {PlotTheme::light, PlotTheme::dark}) {
    for (std::size_t n = 0; n < 196; ++n) {
      for (std::size_t other = 0; other < n; ++other) {
        const CurveStyle a = curve_style(n, theme);
        const CurveStyle b = curve_style(other, theme);
        CHECK_FALSE((a.colour == b.colour && a.marker == b.marker && a.dashes == b.dashes));
      }
    }
  }
}

TEST_CASE("text has the contrast of WCAG AA in both themes and curves stand out from the ground") {
  for (const PlotTheme theme : {PlotTheme::light, PlotTheme::dark}) {
    const ThemeColours colours = theme_colours(theme);
    CHECK(contrast(colours.text, colours.background) >= 7);
    CHECK(contrast(colours.faint_text, colours.background) >= 4.5);
    for (std::size_t n = 0; n < 7; ++n) CHECK(contrast(curve_style(n, theme).colour, colours.background) >= 2);
  }
}

TEST_CASE("plot themes are named light and dark") {
  CHECK(plot_theme_from_name("light") == PlotTheme::light);
  CHECK(plot_theme_from_name("dark") == PlotTheme::dark);
  CHECK_FALSE(plot_theme_from_name("Dark"));
}
