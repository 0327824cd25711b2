// render_landscape: traces rays over a height field, with sky, haze, and water that mirrors both.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "foreground.hpp"
#include "scene_vector.hpp"
#include "scenes.hpp"
#include "terrain.hpp"

namespace vqi_samples {
namespace {

constexpr std::uint32_t width_px = 480;
constexpr std::uint32_t height_px = 320;
constexpr int rays_per_side = 2;  // 2 x 2 rays per pixel

const Vec3 camera{0.0, 0.085, 0.0};
const Vec3 to_sun = unit({-0.33, 0.205, 0.92});
const Vec3 sun_colour{1.0, 0.62, 0.33};

double clouds(const Vec3& direction) noexcept {
  const double reach = 1 / (std::max(direction.y, 0.0) + 0.11);
  const double x = direction.x * reach;
  const double z = direction.z * reach;
  const double body = fractal_noise(x * 0.55 + 7.3, z * 1.5 + 2.1, 6, 300);
  const double wisps = fractal_noise(x * 1.6 + 3.1, z * 5.0, 5, 330);
  return smooth_step(-0.02, 0.62, body + 0.35 * wisps) * smooth_step(0.0, 0.12, direction.y);
}

/// Light from the sky; `disc` adds the sun itself.
Vec3 sky(const Vec3& direction, bool disc) noexcept {
  const double up = std::max(direction.y, 0.0);
  const Vec3 zenith{0.085, 0.19, 0.42};
  const Vec3 middle{0.33, 0.45, 0.62};
  const Vec3 horizon{0.88, 0.62, 0.42};
  Vec3 colour = mix(mix(horizon, middle, smooth_step(0.0, 0.22, up)), zenith, smooth_step(0.1, 0.62, up));
  const double towards_sun = std::max(dot(direction, to_sun), 0.0);
  const double towards_4 = towards_sun * towards_sun * towards_sun * towards_sun;
  const double glow = std::pow(towards_4, 16);
  colour = colour + sun_colour * (0.25 * towards_4 * towards_4 + 0.55 * glow + 0.9 * std::pow(glow, 9));
  const double cover = clouds(direction);
  const Vec3 cloud = Vec3{0.50, 0.44, 0.47} + sun_colour * (0.28 + 0.5 * towards_4 + 1.3 * glow);
  colour = mix(colour, cloud, 0.80 * cover);
  if (disc) colour = colour + sun_colour * (14 * smooth_step(0.99974, 0.99984, towards_sun) * (1 - 0.7 * cover));
  return colour;
}

/// The light that the air adds over a distance, and the fraction of light that passes through it.
Vec3 through_air(const Vec3& colour, const Vec3& direction, double distance) noexcept {
  const double towards_sun = std::max(dot(direction, to_sun), 0.0);
  const double towards_2 = towards_sun * towards_sun;
  const double towards_8 = towards_2 * towards_2 * towards_2 * towards_2;
  const Vec3 haze = mix({0.24, 0.33, 0.47}, {0.80, 0.46, 0.23}, towards_8);
  const double clear = std::exp(-0.042 * distance);
  const double clear_blue = std::exp(-0.056 * distance);
  return {mix(haze.x, colour.x, clear), mix(haze.y, colour.y, clear), mix(haze.z, colour.z, clear_blue)};
}

/// Colour of the ground itself: meadow, forest, rock or snow.
Vec3 ground_colour(const Vec3& point, const Vec3& normal) noexcept {
  const double fine = fractal_noise(point.x * 34, point.z * 34, 4, 500);
  const double coarse = fractal_noise(point.x * 5, point.z * 5, 4, 520);
  Vec3 colour = mix({0.17, 0.15, 0.14}, {0.27, 0.235, 0.205}, 0.5 + 0.8 * fine);
  const Vec3 meadow = mix({0.11, 0.125, 0.035}, {0.20, 0.175, 0.06}, 0.5 + coarse);
  colour = mix(colour, meadow, smooth_step(0.62, 0.80, normal.y + 0.1 * coarse) * smooth_step(1.5, 0.6, point.y));
  const double crowns = 0.55 + 0.9 * noise(point.x * 70, point.z * 70, 540) + 0.5 * fine;
  const Vec3 forest = Vec3{0.030, 0.047, 0.020} * std::max(0.25, crowns);
  const double trees = smooth_step(-0.12, 0.16, coarse + 0.35 * fine + 0.22) * smooth_step(0.50, 0.66, normal.y) *
                       smooth_step(1.15, 0.75, point.y + 0.25 * coarse);
  colour = mix(colour, forest, trees);
  const double snow =
      smooth_step(1.25, 1.65, point.y + 0.35 * coarse + 0.12 * fine) * smooth_step(0.52, 0.68, normal.y + 0.12 * fine);
  return mix(colour, {0.80, 0.82, 0.86}, snow);
}

Vec3 shade_ground(const Terrain& terrain, const Vec3& origin, const Vec3& direction, double distance) {
  const Vec3 point = origin + direction * distance;
  const Vec3 normal = terrain.normal(point.x, point.z, std::max(0.016, 0.0016 * distance));
  const double facing = std::max(dot(normal, to_sun), 0.0);
  const double sun = facing > 0 ? facing * terrain.sunlight(point + normal * 0.012, to_sun) : 0;
  const double open = 0.55 + 0.45 * normal.y;
  const double back = std::max(dot(normal, unit({0.3, 0.3, -0.9})), 0.0);
  const Vec3 light = sun_colour * (3.4 * sun) + Vec3{0.40, 0.50, 0.68} * (0.80 * open) + Vec3{0.35, 0.30, 0.28} * back;
  return through_air(ground_colour(point, normal) * light, direction, distance);
}

Vec3 shade_water(const Terrain& terrain, const Vec3& direction, double distance) {
  const Vec3 point = camera + direction * distance;
  // Waves get flatter with distance, down to what pixels can show; calm bands cross the lake.
  const double calm = 0.35 + 0.65 * smooth_step(-0.25, 0.3, fractal_noise(point.x * 1.1, point.z * 2.6, 3, 700));
  const double strength = 0.030 * calm / (1 + 0.55 * distance);
  const double wave_x = fractal_noise(point.x * 90, point.z * 150, 3, 720);
  const double wave_z = fractal_noise(point.x * 70 + 9, point.z * 170, 3, 740);
  const Vec3 normal = unit({wave_x * strength, 1, wave_z * strength * 1.6});
  Vec3 mirrored = direction - normal * (2 * dot(direction, normal));
  mirrored.y = std::max(mirrored.y, 0.004);
  mirrored = unit(mirrored);
  const Vec3 start{point.x, 0.001, point.z};
  const std::optional<double> met = terrain.meet(start, mirrored);
  const Vec3 reflection = met ? shade_ground(terrain, start, mirrored, *met) : sky(mirrored, true);
  const double grazing = 1 - std::max(-dot(direction, normal), 0.0);
  const double fresnel = 0.03 + 0.97 * grazing * grazing * grazing * grazing * grazing;
  const Vec3 deep{0.015, 0.045, 0.060};
  return through_air(mix(deep, reflection, std::min(0.92, fresnel * 0.95)), direction, distance * 0.6);
}

Vec3 trace(const Terrain& terrain, const Vec3& direction) {
  const double to_water = direction.y < 0 ? -camera.y / direction.y : 1e9;
  const std::optional<double> met = terrain.meet(camera, direction);
  if (met && *met < to_water) return shade_ground(terrain, camera, direction, *met);
  if (direction.y < 0) return shade_water(terrain, direction, to_water);
  return sky(direction, true);
}

/// Maps light to a code value: a filmic curve with a soft shoulder, then the exponent of the sRGB transfer curve.
std::byte code_value(double light) noexcept {
  const double exposed = light * 1.05;
  const double film = exposed * (2.51 * exposed + 0.03) / (exposed * (2.43 * exposed + 0.59) + 0.14);
  const double value = std::pow(std::clamp(film, 0.0, 1.0), 1 / 2.2);
  return static_cast<std::byte>(std::lround(255 * value));
}

}  // namespace

vqi::Image render_landscape() {
  const Terrain terrain;
  vqi::Image image(width_px, height_px, 3, 8);
  for (std::uint32_t y = 0; y < height_px; ++y) {
    for (std::uint32_t x = 0; x < width_px; ++x) {
      Vec3 light;
      for (int ray = 0; ray < rays_per_side * rays_per_side; ++ray) {
        const double px = x + (ray % rays_per_side + 0.5) / rays_per_side;
        const double py = y + (ray / rays_per_side + 0.5) / rays_per_side;
        const Vec3 direction = unit({(px - 0.5 * width_px) / 430.0, (0.60 * height_px - py) / 430.0, 1});
        light = light + over_foreground(px, py, trace(terrain, direction));
      }
      light = light * (1.0 / (rays_per_side * rays_per_side));
      // A lens darkens its corners, and film has grain.
      const double dx = (x - 0.5 * width_px) / width_px;
      const double dy = (y - 0.5 * height_px) / height_px;
      const auto column = static_cast<std::int32_t>(x);
      const auto row = static_cast<std::int32_t>(y);
      const double grain = random_of(column, row, 900) + random_of(column, row, 901) - 1;
      light = light * ((1 - 0.45 * (dx * dx + dy * dy)) * (1 + 0.035 * grain));
      std::byte* const out = image.row(y) + std::size_t{x} * 3;
      out[0] = code_value(light.x);
      out[1] = code_value(light.y);
      out[2] = code_value(light.z);
    }
  }
  return image;
}

}  // namespace vqi_samples
