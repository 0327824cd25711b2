// render_sprite: draws a star, lit from the upper left, over its shadow.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "scene_vector.hpp"
#include "scenes.hpp"

namespace vqi_samples {
namespace {

constexpr std::uint32_t side_px = 128;
constexpr int samples_per_side = 4;
constexpr double centre_x = 62;
constexpr double centre_y = 58;
constexpr double radius = 46;
constexpr int lobes = 5;

/// Distance from the rim of a star with rounded points, in radii of the star: negative inside, 0 on the rim.
double beyond_rim(double x, double y) noexcept {
  const double dx = (x - centre_x) / radius;
  const double dy = (y - centre_y) / radius;
  const double angle = std::atan2(dx, -dy);
  const double rim = 0.80 + 0.17 * std::cos(lobes * angle) + 0.03 * std::cos(2 * lobes * angle);
  return std::sqrt(dx * dx + dy * dy) - rim;
}

/// Height of the domed surface over the plane of the picture.
double dome(double x, double y) noexcept {
  const double inside = std::max(0.0, -beyond_rim(x, y));
  return 26 * std::sqrt(std::min(inside * 1.6, 1.0) * (2 - std::min(inside * 1.6, 1.0)));
}

Vec3 surface_light(double x, double y) noexcept {
  const Vec3 normal = unit({dome(x - 0.5, y) - dome(x + 0.5, y), dome(x, y - 0.5) - dome(x, y + 0.5), 1});
  const Vec3 to_light = unit({-0.50, -0.62, 0.60});
  const Vec3 halfway = unit(to_light + Vec3{0, 0, 1});
  const double facing = std::max(dot(normal, to_light), 0.0);
  const double mirror = std::max(dot(normal, halfway), 0.0);
  const double mirror_8 = std::pow(mirror, 8);
  const Vec3 body = mix({0.92, 0.42, 0.04}, {1.0, 0.80, 0.16}, smooth_step(95, 20, y));
  const Vec3 lit = body * (0.34 + 0.72 * facing) + Vec3{0.22, 0.10, 0.02} * (1 - normal.z);
  return lit + Vec3{1, 0.96, 0.85} * (0.10 * mirror_8 + 0.75 * std::pow(mirror_8, 7));
}

/// Opacity of the shadow: the star moved down and to the right, with a blurred rim.
double shadow(double x, double y) noexcept { return 0.50 * smooth_step(-0.16, 0.20, -beyond_rim(x - 7, y - 10)); }

std::byte code_value(double value) noexcept {
  return static_cast<std::byte>(std::lround(255 * std::clamp(value, 0.0, 1.0)));
}

}  // namespace

vqi::Image render_sprite() {
  vqi::Image image(side_px, side_px, 4, 8);
  for (std::uint32_t y = 0; y < side_px; ++y) {
    for (std::uint32_t x = 0; x < side_px; ++x) {
      // Colours are summed premultiplied by alpha; the image stores them without.
      Vec3 colour;
      double alpha = 0;
      for (int sample = 0; sample < samples_per_side * samples_per_side; ++sample) {
        const double sx = x + (sample % samples_per_side + 0.5) / samples_per_side;
        const double sy = y + (sample / samples_per_side + 0.5) / samples_per_side;
        const bool inside = beyond_rim(sx, sy) <= 0;
        const double opacity = inside ? 1 : shadow(sx, sy);
        const Vec3 light = inside ? surface_light(sx, sy) : Vec3{0.05, 0.06, 0.12};
        colour = colour + light * opacity;
        alpha += opacity;
      }
      std::byte* const pixel = image.row(y) + std::size_t{x} * 4;
      const std::byte opacity = code_value(alpha / (samples_per_side * samples_per_side));
      const double straight = opacity == std::byte{0} ? 0 : 1 / alpha;
      pixel[0] = code_value(colour.x * straight);
      pixel[1] = code_value(colour.y * straight);
      pixel[2] = code_value(colour.z * straight);
      pixel[3] = opacity;
    }
  }
  return image;
}

}  // namespace vqi_samples
