// Terrain: the height field of the landscape, tabulated once and intersected with rays.
#pragma once

#include <optional>
#include <vector>

#include "scene_vector.hpp"

namespace vqi_samples {

/// Mountains around a lake whose surface is y = 0. Lengths are in kilometres; z points away from the camera, y upwards.
class Terrain {
 public:
  Terrain();

  /// Height of the ground, interpolated in the table; outside, the border values continue.
  [[nodiscard]] double height(double x, double z) const noexcept;

  /// Upward normal of the ground, from differences over a distance of `step`.
  [[nodiscard]] Vec3 normal(double x, double z, double step) const noexcept;

  /// Distance at which a ray meets the ground; none if that is beyond 24 km.
  [[nodiscard]] std::optional<double> meet(const Vec3& origin, const Vec3& direction) const noexcept;

  /// The visible fraction of the sun at a point, 0..1, for shadows with soft edges.
  [[nodiscard]] double sunlight(const Vec3& point, const Vec3& to_sun) const noexcept;

 private:
  std::vector<float> heights_;
};

}  // namespace vqi_samples
