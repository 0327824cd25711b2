// Terrain: the height field of the landscape, tabulated once and met by rays.
#pragma once

#include <optional>
#include <vector>

#include "scene_vector.hpp"

namespace vqi_samples {

/// Mountains around a lake whose surface is y = 0. Lengths are kilometres; z points away from the
/// camera, y up.
class Terrain {
 public:
  Terrain();

  /// Height of the ground; the table is interpolated, and continued at its borders.
  [[nodiscard]] double height(double x, double z) const noexcept;

  /// Upward normal of the ground, over a distance of `step`.
  [[nodiscard]] Vec3 normal(double x, double z, double step) const noexcept;

  /// Distance at which a ray meets the ground, if it does within 24 km.
  [[nodiscard]] std::optional<double> meet(const Vec3& origin, const Vec3& direction) const noexcept;

  /// How much of the sun is seen from a point: 0 .. 1, with soft edges.
  [[nodiscard]] double sunlight(const Vec3& point, const Vec3& to_sun) const noexcept;

 private:
  std::vector<float> heights_;
};

}  // namespace vqi_samples
