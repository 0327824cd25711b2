// over_foreground: the bank with grass and pines in front of the landscape.
#pragma once

#include "scene_vector.hpp"

namespace vqi_samples {

/// Light at a point of the picture (pixels, y downward) where `behind` comes from behind the bank.
[[nodiscard]] Vec3 over_foreground(double x, double y, const Vec3& behind) noexcept;

}  // namespace vqi_samples
