// A chart's panel: points at their values, what has none above them, labels within the frame, and error bars.
#include "chart_panel.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "text_boxes.hpp"

using namespace vqi::tool;
using vqi::test::plain_width;
using vqi::test::text_boxes;

namespace {

constexpr PageBox area{10, 20, 410, 320};

Panel panel_of(const std::vector<PanelPoint>& points) {
  Panel panel;
  panel.x_title = "the x";
  panel.y_title = "the y";
  panel.above_all = "lossless";
  panel.curves = {{points, {{200, 0, 0}, MarkerShape::disc, {}}}};
  return panel;
}

Drawing draw(const Panel& panel) {
  Drawing drawing;
  draw_panel(panel, area, PlotTheme::light, plain_width, drawing);
  return drawing;
}

/// The centres of the curve's markers, which are discs of its colour.
std::vector<PagePoint> markers_of(const Drawing& drawing) {
  std::vector<PagePoint> centres;
  for (const Shape& shape : drawing.shapes)
    if (const Disc* const disc = std::get_if<Disc>(&shape); disc != nullptr && disc->radius < knee_radius)
      centres.push_back(disc->centre);
  return centres;
}

std::size_t count_texts(const Drawing& drawing, const std::string& wanted) {
  std::size_t count = 0;
  for (const auto& box : text_boxes(drawing)) count += box.text.text == wanted ? 1U : 0U;
  return count;
}

}  // namespace

TEST_CASE("markers stand at their values: in proportion along x, and higher for more along y") {
  const Drawing drawing = draw(panel_of({{1, 10, 2, true}, {2, 30, 4, true}, {4, 20, 8, true}}));
  const std::vector<PagePoint> at = markers_of(drawing);
  REQUIRE(at.size() == 3);
  CHECK((at[2].x - at[1].x) == Approx(2 * (at[1].x - at[0].x)));
  CHECK(at[1].y < at[2].y);
  CHECK(at[2].y < at[0].y);
  CHECK((at[0].y - at[1].y) == Approx(2 * (at[0].y - at[2].y)));
  for (const PagePoint& centre : at) {
    CHECK(centre.x >= area.left);
    CHECK(centre.x <= area.right);
    CHECK(centre.y >= area.top);
    CHECK(centre.y <= area.bottom);
  }
}

TEST_CASE("a point without a value stands above all values, on a line that says what it is") {
  const Drawing with = draw(panel_of({{1, 10, 2}, {2, 30, 4}, {3, {}, 8}}));
  const std::vector<PagePoint> at = markers_of(with);
  REQUIRE(at.size() == 3);
  CHECK(at[2].y < at[0].y);
  CHECK(at[2].y < at[1].y);
  CHECK(count_texts(with, "lossless") == 1);
  CHECK(count_texts(draw(panel_of({{1, 10, 2}, {2, 30, 4}})), "lossless") == 0);
}

TEST_CASE("titles stand at the axes, points have K unless they are not to, and all texts are inside") {
  Panel panel = panel_of({{1, 10, 2}, {2, 30, 4}, {4, 20, 8888, true, true}});
  const Drawing drawing = draw(panel);
  for (const char* const text : {"the x", "the y", "2", "4", "8888"}) CHECK(count_texts(drawing, text) >= 1);
  constexpr double rounding = 1e-9;
  const PageBox outer{area.left - rounding, area.top - rounding, area.right + rounding, area.bottom + rounding};
  for (const auto& box : text_boxes(drawing)) {
    INFO(box.text.text);
    CHECK(outer.contains(box.box));
  }
  panel.label_points = false;
  CHECK(count_texts(draw(panel), "8888") == 0);
}

TEST_CASE("the knee has a ring around its marker") {
  const Drawing drawing = draw(panel_of({{1, 10, 2}, {2, 30, 4, true, true}}));
  std::vector<PagePoint> rings;
  for (const Shape& shape : drawing.shapes)
    if (const Disc* const disc = std::get_if<Disc>(&shape); disc != nullptr && disc->radius == knee_radius)
      rings.push_back(disc->centre);
  REQUIRE(rings.size() == 1);
  CHECK(rings[0].x == markers_of(drawing)[1].x);
}

TEST_CASE("an error bar reaches as far up as down, inside the frame") {
  const Drawing drawing = draw(panel_of({{1, 10, 2, true, false, 5}, {2, 12, 4}}));
  const PagePoint at = markers_of(drawing)[0];
  bool found = false;
  for (const Shape& shape : drawing.shapes) {
    const Path* const path = std::get_if<Path>(&shape);
    if (path == nullptr || path->points.size() != 2 || path->points[0].x != at.x || path->points[1].x != at.x) continue;
    if (!path->stroke || !(path->stroke->colour == Colour{200, 0, 0})) continue;
    found = true;
    CHECK(path->points[0].y - at.y == Approx(at.y - path->points[1].y));
    CHECK(path->points[0].y > at.y);
    CHECK(path->points[1].y >= area.top);
  }
  CHECK(found);
}

TEST_CASE("no points, one point and equal points are drawn within finite bounds") {
  for (const std::vector<PanelPoint>& points :
       {std::vector<PanelPoint>{}, {{1, 10, 2}}, {{1, 10, 2}, {1, 10, 3}}, {{0, {}, 2}}, {{0, 0, 1}}}) {
    const Drawing drawing = draw(panel_of(points));
    CHECK(markers_of(drawing).size() == points.size());
    for (const PagePoint& centre : markers_of(drawing)) {
      CHECK(centre.x >= area.left);
      CHECK(centre.x <= area.right);
      CHECK(centre.y >= area.top);
      CHECK(centre.y <= area.bottom);
    }
  }
}
