// Places labels beside their points so that no label covers another label, a marker or a line.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace vqi::tool {

/// A position on the page in points, y downwards.
struct PagePoint {
  double x = 0;
  double y = 0;
};

/// A rectangle with sides along the axes, y downwards.
struct PageBox {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;

  [[nodiscard]] double width() const noexcept { return right - left; }
  [[nodiscard]] double height() const noexcept { return bottom - top; }
  [[nodiscard]] PagePoint centre() const noexcept { return {(left + right) / 2, (top + bottom) / 2}; }
  [[nodiscard]] PageBox grown(double by) const noexcept { return {left - by, top - by, right + by, bottom + by}; }
  [[nodiscard]] bool overlaps(const PageBox& other) const noexcept {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
  [[nodiscard]] bool contains(const PageBox& other) const noexcept {
    return left <= other.left && other.right <= right && top <= other.top && other.bottom <= bottom;
  }
};

struct PageSegment {
  PagePoint from;
  PagePoint to;
};

/// True if a part of the segment lies inside the box.
[[nodiscard]] bool crosses(const PageSegment& segment, const PageBox& box) noexcept;

/// The size of a label, and the point that it belongs to.
struct LabelRequest {
  PagePoint point;
  double width = 0;
  double height = 0;
};

/// The obstacles that labels must not cover.
struct LabelSurroundings {
  PageBox area;                       ///< labels must lie inside it
  std::vector<PageBox> boxes;         ///< markers
  std::vector<PageSegment> segments;  ///< curves
  double marker_radius = 0;           ///< least distance of a label from its own point
};

/// A box for each request, in order; none if every place near the point is taken. Earlier requests choose first.
/// Cost: requests * (requests + boxes + segments).
[[nodiscard]] std::vector<std::optional<PageBox>> place_labels(std::span<const LabelRequest> requests,
                                                               const LabelSurroundings& surroundings);

}  // namespace vqi::tool
