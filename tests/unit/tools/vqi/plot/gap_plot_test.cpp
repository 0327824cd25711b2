// The plot of the gap statistic.
#include <catch2/catch.hpp>
#include <string>
#include <variant>
#include <vector>

#include "gap_plot.hpp"

using vqi::cluster::GapResult;
using vqi::tool::Drawing;
using vqi::tool::GapCurve;

TEST_CASE("a gap plot has an error bar at each K, a ring at the chosen K, and describes both in words") {
  GapResult result;
  result.k = 2;
  result.rows = {{1, 9, 9.5, 0.5, 0.1}, {2, 7, 8.5, 1.5, 0.2}, {3, 6.9, 8, 1.1, 0.15}};
  const std::vector<GapCurve> curves{{"a.png", result}};
  const auto measure = [](const std::string& text, double size, bool) {
    return 0.6 * size * static_cast<double>(text.size());
  };
  const Drawing drawing = vqi::tool::gap_plot(curves, vqi::tool::PlotTheme::light, measure);
  CHECK(drawing.description.find("K 2: log W 7.0000, expected 8.5000, gap 1.5000, error 0.2000, chosen;") !=
        std::string::npos);
  int bars = 0;
  int rings = 0;
  for (const vqi::tool::Shape& shape : drawing.shapes) {
    if (const auto* path = std::get_if<vqi::tool::Path>(&shape))
      if (path->points.size() == 2 && path->stroke && path->stroke->width == 1 &&
          path->points[0].x == path->points[1].x)
        ++bars;
    if (const auto* disc = std::get_if<vqi::tool::Disc>(&shape))
      if (!disc->fill) ++rings;
  }
  CHECK(bars == 3);
  CHECK(rings == 4);  // on log W, its expectation and the gap, and in the legend
}
