// Fills the table with ridged noise under an envelope that leaves room for a lake.
#include "terrain.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace vqi_samples {
namespace {

// Extent of the table, and the highest ground, in kilometres.
constexpr double min_x = -13;
constexpr double max_x = 13;
constexpr double min_z = -0.5;
constexpr double max_z = 19.5;
constexpr double spacing = 1.0 / 64;  // km between table entries, about a pixel at the far shore
constexpr auto columns = static_cast<std::size_t>((max_x - min_x) / spacing) + 1;
constexpr auto rows = static_cast<std::size_t>((max_z - min_z) / spacing) + 1;
constexpr double highest = 3.4;

double height_at(double x, double z) noexcept {
  // A long lake with a winding shore.
  const double bend = 0.55 * noise(x * 0.45, z * 0.45, 91) + 0.12 * fractal_noise(x * 2, z * 2, 3, 92);
  const double lake_x = (x - 0.5) / 3.1;
  const double lake_z = (z - 2.6) / 3.4;
  const double from_shore = std::sqrt(lake_x * lake_x + lake_z * lake_z) + 0.35 * bend - 1;
  const double rise = smooth_step(0.0, 2.3, from_shore);
  const double ridges = ridged_noise(x * 0.21 + 4.7, z * 0.21 + 1.9, 9, 17);
  const double hills = 0.5 + fractal_noise(x * 0.8, z * 0.8, 6, 40);
  // A valley through which the sun is visible.
  const double from_valley = (x + 0.36 * z) / (0.9 + 0.09 * z);
  const double valley = 1 - 0.62 * std::exp(-from_valley * from_valley);
  const double mountains = rise * (3.3 * ridges * valley * (0.35 + 0.65 * smooth_step(3.5, 9, z)) + 0.22 * hills);
  const double shore = std::clamp(from_shore, -0.3, 0.6) * (0.16 + 0.10 * hills);
  return std::min(highest, shore + mountains);
}

}  // namespace

Terrain::Terrain() : heights_(columns * rows) {
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t column = 0; column < columns; ++column)
      heights_[row * columns + column] = static_cast<float>(
          height_at(min_x + static_cast<double>(column) * spacing, min_z + static_cast<double>(row) * spacing));
}

double Terrain::height(double x, double z) const noexcept {
  const double u = std::clamp((x - min_x) / spacing, 0.0, static_cast<double>(columns) - 1.001);
  const double v = std::clamp((z - min_z) / spacing, 0.0, static_cast<double>(rows) - 1.001);
  const auto column = static_cast<std::size_t>(u);
  const auto row = static_cast<std::size_t>(v);
  const double du = u - static_cast<double>(column);
  const double dv = v - static_cast<double>(row);
  const float* const near = heights_.data() + row * columns + column;
  const float* const far = near + columns;
  return mix(mix(double{near[0]}, double{near[1]}, du), mix(double{far[0]}, double{far[1]}, du), dv);
}

Vec3 Terrain::normal(double x, double z, double step) const noexcept {
  const double slope_x = height(x + step, z) - height(x - step, z);
  const double slope_z = height(x, z + step) - height(x, z - step);
  return unit({-slope_x, 2 * step, -slope_z});
}

std::optional<double> Terrain::meet(const Vec3& origin, const Vec3& direction) const noexcept {
  double previous = 0;
  double distance = 0.01;
  for (int step = 0; step < 600 && distance < 24; ++step) {
    const Vec3 point = origin + direction * distance;
    if (point.y > highest && direction.y > 0) return std::nullopt;
    const double above = point.y - height(point.x, point.z);
    if (above < 0.0002 * distance) {
      // Bisect the last step until it is far smaller than a pixel.
      double low = previous;
      double high = distance;
      for (int halving = 0; halving < 8; ++halving) {
        const double middle = (low + high) / 2;
        const Vec3 there = origin + direction * middle;
        (there.y - height(there.x, there.z) < 0.0002 * middle ? high : low) = middle;
      }
      return high;
    }
    previous = distance;
    distance += std::max(0.45 * above, 0.0012 * distance);
  }
  return std::nullopt;
}

double Terrain::sunlight(const Vec3& point, const Vec3& to_sun) const noexcept {
  double light = 1;
  double distance = 0.03;
  for (int step = 0; step < 80 && light > 0; ++step) {
    const Vec3 there = point + to_sun * distance;
    if (there.y > highest) break;
    const double above = there.y - height(there.x, there.z);
    light = std::min(light, 0.5 + 28 * above / distance);
    distance += std::max(0.5 * above, 0.03);
  }
  return std::clamp(light, 0.0, 1.0);
}

}  // namespace vqi_samples
