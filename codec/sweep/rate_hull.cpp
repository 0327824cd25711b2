// find_rate_hull: the lower convex hull of rate and distortion, by a scan in the order of rates.
#include <algorithm>
#include <numeric>

#include "vqi/sweep.hpp"

namespace vqi {
namespace {

/// Twice the signed area of a triangle: above 0 if `c` lies to the left of the way from `a` to `b`.
double turn(const RatePoint& a, const RatePoint& b, const RatePoint& c) noexcept {
  return (b.bpp - a.bpp) * (c.mse - a.mse) - (b.mse - a.mse) * (c.bpp - a.bpp);
}

bool same(const RatePoint& a, const RatePoint& b) noexcept { return a.bpp == b.bpp && a.mse == b.mse; }

/// The corners of the hull and the points on its edges by rising rate, equal points once.
std::vector<std::size_t> hull_points(std::span<const RatePoint> points) {
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return points[a].bpp != points[b].bpp ? points[a].bpp < points[b].bpp : points[a].mse < points[b].mse;
  });
  std::vector<std::size_t> hull;
  for (const std::size_t next : order) {
    // Higher rate without lower distortion is never worth it.
    if (!hull.empty() && points[next].mse >= points[hull.back()].mse) continue;
    while (hull.size() >= 2 && turn(points[hull[hull.size() - 2]], points[hull.back()], points[next]) < 0)
      hull.pop_back();
    hull.push_back(next);
  }
  return hull;
}

std::optional<std::size_t> find_knee(std::span<const RatePoint> points, const std::vector<std::size_t>& hull) {
  std::optional<std::size_t> knee;
  double largest = 0;
  for (std::size_t i = 1; i + 1 < hull.size(); ++i) {
    const double distance = -turn(points[hull.front()], points[hull.back()], points[hull[i]]);
    if (distance <= largest) continue;
    largest = distance;
    knee = hull[i];
  }
  return knee;
}

}  // namespace

RateHull find_rate_hull(std::span<const RatePoint> points) {
  const std::vector<std::size_t> hull = hull_points(points);
  RateHull result{std::vector<bool>(points.size()), find_knee(points, hull)};
  for (std::size_t i = 0; i < points.size(); ++i)
    result.on_hull[i] =
        std::any_of(hull.begin(), hull.end(), [&](std::size_t corner) { return same(points[corner], points[i]); });
  return result;
}

}  // namespace vqi
