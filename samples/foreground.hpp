// The foreground of the landscape: a bank with grass and pines.
#pragma once

#include "scene_vector.hpp"

namespace vqi_samples {

/// The light at a point of the picture (pixels, y downwards), where `behind` is the light of the landscape at that
/// point.
[[nodiscard]] Vec3 over_foreground(double x, double y, const Vec3& behind) noexcept;

}  // namespace vqi_samples
