// Tries eight directions and three distances for each label.
#include "label_placement.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace vqi::tool {
namespace {

constexpr double clearance = 1.5;  // points between a label and anything else; with less they seem to touch

// Directions from a point to its label, in the order in which they are tried. Rate-distortion curves rise to the right
// and bend downwards, so places at the upper left and the lower right are the most likely to be free.
constexpr std::array<PagePoint, 8> directions{{{0, -1}, {-1, -1}, {1, 1}, {0, 1}, {-1, 0}, {1, 0}, {1, -1}, {-1, 1}}};
// Distances in radii of the marker, nearest first. A label farther away could belong to another point.
constexpr std::array<double, 3> distances{1.0, 1.5, 2.0};

PageBox box_at(const LabelRequest& request, const PagePoint& direction, double distance) {
  const bool diagonal = direction.x != 0 && direction.y != 0;
  const double reach = distance * (diagonal ? std::sqrt(0.5) : 1.0);
  const double centre_x = request.point.x + direction.x * (reach + request.width / 2);
  const double centre_y = request.point.y + direction.y * (reach + request.height / 2);
  return {centre_x - request.width / 2, centre_y - request.height / 2, centre_x + request.width / 2,
          centre_y + request.height / 2};
}

bool is_free(const PageBox& box, const LabelSurroundings& surroundings, std::span<const PageBox> placed) {
  const PageBox wide = box.grown(clearance);
  const auto hit = [&wide](const PageBox& other) { return wide.overlaps(other); };
  return surroundings.area.contains(box) && std::none_of(placed.begin(), placed.end(), hit) &&
         std::none_of(surroundings.boxes.begin(), surroundings.boxes.end(),
                      [&box](const PageBox& other) { return box.overlaps(other); }) &&
         std::none_of(surroundings.segments.begin(), surroundings.segments.end(),
                      [&wide](const PageSegment& segment) { return crosses(segment, wide); });
}

std::optional<PageBox> free_place(const LabelRequest& request, const LabelSurroundings& surroundings,
                                  std::span<const PageBox> placed) {
  for (const double distance : distances) {
    for (const PagePoint& direction : directions) {
      const PageBox box = box_at(request, direction, distance * surroundings.marker_radius + clearance);
      if (is_free(box, surroundings, placed)) return box;
    }
  }
  return std::nullopt;
}

}  // namespace

bool crosses(const PageSegment& segment, const PageBox& box) noexcept {
  // Liang and Barsky's clipping, ACM Trans. Graphics 3(1), 1984: finds the part of the segment, as a range within 0..1,
  // that lies inside all four sides.
  const double dx = segment.to.x - segment.from.x;
  const double dy = segment.to.y - segment.from.y;
  double enters = 0;
  double leaves = 1;
  const auto clip = [&enters, &leaves](double slope, double room) {
    if (slope == 0) return room > 0;
    const double at = room / slope;
    if (slope < 0)
      enters = std::max(enters, at);
    else
      leaves = std::min(leaves, at);
    return enters < leaves;
  };
  return clip(-dx, segment.from.x - box.left) && clip(dx, box.right - segment.from.x) &&
         clip(-dy, segment.from.y - box.top) && clip(dy, box.bottom - segment.from.y);
}

std::vector<std::optional<PageBox>> place_labels(std::span<const LabelRequest> requests,
                                                 const LabelSurroundings& surroundings) {
  std::vector<std::optional<PageBox>> places;
  std::vector<PageBox> placed;
  for (const LabelRequest& request : requests) {
    places.push_back(free_place(request, surroundings, placed));
    if (places.back()) placed.push_back(*places.back());
  }
  return places;
}

}  // namespace vqi::tool
