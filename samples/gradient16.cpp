// render_gradient16: adds ripples far smaller than one step of 8 bits to a slow ramp and soft hills.
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "scene_noise.hpp"
#include "scenes.hpp"

namespace vqi_samples {
namespace {

constexpr std::uint32_t side_px = 256;

double light_at(double u, double v) noexcept {
  const double ramp = 0.05 + 0.82 * (0.7 * u + 0.3 * v);
  const double hills = 0.07 * fractal_noise(u * 3.1 + 5.2, v * 3.1 + 1.7, 3, 60);
  const double du = u - 0.64;
  const double dv = v - 0.38;
  const double distance_sq = du * du + dv * dv;
  const double ball = 0.20 * smooth_step(0.060, 0.0, distance_sq);
  // A few hundred of 65535 code values: visible at 16 bits only.
  const double ripples = 0.004 * std::cos(95 * std::sqrt(distance_sq)) / (1 + 6 * distance_sq);
  return ramp + hills + ball + ripples;
}

}  // namespace

vqi::Image render_gradient16() {
  vqi::Image image(side_px, side_px, 1, 16);
  for (std::uint32_t y = 0; y < side_px; ++y) {
    for (std::uint32_t x = 0; x < side_px; ++x) {
      const double light = light_at((x + 0.5) / side_px, (y + 0.5) / side_px);
      image.row16(y)[x] = static_cast<std::uint16_t>(std::lround(65535 * std::clamp(light, 0.0, 1.0)));
    }
  }
  return image;
}

}  // namespace vqi_samples
