// Labels beside points.
#include "label_placement.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "random.hpp"

using namespace vqi::tool;

namespace {

/// A curve of points with markers, joined by lines, with a request for a label at each point.
struct Scene {
  std::vector<LabelRequest> requests;
  LabelSurroundings surroundings;
};

Scene scene_of(const std::vector<PagePoint>& points) {
  Scene scene;
  scene.surroundings.area = {0, 0, 400, 300};
  scene.surroundings.marker_radius = 5;
  for (std::size_t n = 0; n < points.size(); ++n) {
    const PagePoint& at = points[n];
    scene.requests.push_back({at, 8.0 + static_cast<double>(n % 3) * 6, 8});
    scene.surroundings.boxes.push_back({at.x - 3, at.y - 3, at.x + 3, at.y + 3});
    if (n > 0) scene.surroundings.segments.push_back({points[n - 1], at});
  }
  return scene;
}

void check_clear(const Scene& scene, const std::vector<std::optional<PageBox>>& places) {
  REQUIRE(places.size() == scene.requests.size());
  for (std::size_t n = 0; n < places.size(); ++n) {
    if (!places[n]) continue;
    const PageBox& box = *places[n];
    CHECK(box.width() == Approx(scene.requests[n].width));
    CHECK(box.height() == Approx(scene.requests[n].height));
    CHECK(scene.surroundings.area.contains(box));
    for (std::size_t other = 0; other < n; ++other) CHECK_FALSE((places[other] && places[other]->overlaps(box)));
    for (const PageBox& marker : scene.surroundings.boxes) CHECK_FALSE(marker.overlaps(box));
    for (const PageSegment& segment : scene.surroundings.segments) CHECK_FALSE(crosses(segment, box));
    const PagePoint& point = scene.requests[n].point;
    CHECK(box.grown(15).overlaps({point.x, point.y, point.x + 1e-6, point.y + 1e-6}));  // still near its point
  }
}

}  // namespace

TEST_CASE("a segment crosses a box where a part of it lies inside") {
  const PageBox box{10, 10, 20, 20};
  CHECK(crosses({{0, 15}, {30, 15}}, box));
  CHECK(crosses({{12, 12}, {14, 18}}, box));
  CHECK(crosses({{5, 12}, {12, 5}}, {0, 0, 11, 11}));
  CHECK_FALSE(crosses({{0, 5}, {30, 5}}, box));
  CHECK_FALSE(crosses({{0, 15}, {9, 15}}, box));
  CHECK_FALSE(crosses({{0, 25}, {25, 25}}, box));
  CHECK_FALSE(crosses({{5, 12}, {12, 5}}, box));
  CHECK_FALSE(crosses({{10, 0}, {10, 30}}, box));  // along a side
}

TEST_CASE("every point of a lone curve gets its label") {
  const Scene scene = scene_of({{30, 280}, {80, 220}, {130, 170}, {180, 130}, {230, 95}, {280, 65}, {330, 40}});
  const auto places = place_labels(scene.requests, scene.surroundings);
  check_clear(scene, places);
  CHECK(std::all_of(places.begin(), places.end(), [](const auto& place) { return place.has_value(); }));
}

TEST_CASE("labels of crowded points cover no label, marker or line and stay inside") {
  vqi::detail::Random random(7);
  for (int round = 0; round < 30; ++round) {
    std::vector<PagePoint> points;
    const std::uint64_t count = 2 + random.below(60);
    for (std::uint64_t n = 0; n < count; ++n)
      points.push_back({static_cast<double>(random.below(400)), static_cast<double>(random.below(300))});
    std::sort(points.begin(), points.end(), [](const PagePoint& a, const PagePoint& b) { return a.x < b.x; });
    const Scene scene = scene_of(points);
    check_clear(scene, place_labels(scene.requests, scene.surroundings));
  }
}

TEST_CASE("if two labels fit only one place, the first request gets it") {
  LabelSurroundings surroundings;
  surroundings.area = {0, 0, 12, 24};  // room for one label above the point, for none beside or below it
  surroundings.marker_radius = 2;
  const LabelRequest request{{6, 20}, 10, 10};
  const std::vector<LabelRequest> requests{request, request};
  const auto places = place_labels(requests, surroundings);
  CHECK(places[0].has_value());
  CHECK_FALSE(places[1].has_value());
}
