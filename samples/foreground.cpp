// Draws silhouettes against the light, in picture coordinates.
#include "foreground.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace vqi_samples {
namespace {

struct Pine {
  double x;       ///< of the trunk, in pixels
  double base;    ///< y of its foot, in pixels
  double height;  ///< in pixels
};

// From back to front.
constexpr std::array pines{Pine{436, 281, 88}, Pine{461, 284, 126}, Pine{449, 290, 64}, Pine{24, 284, 150},
                           Pine{-4, 287, 196}, Pine{54, 288, 104},  Pine{80, 291, 58},  Pine{478, 296, 168}};

/// y of the bank's edge in a column.
double bank_top(double x) noexcept {
  const double left = 40 * smooth_step(210, -40, x) + 30 * smooth_step(330, 500, x);
  return 303 - left + 5 * fractal_noise(x * 0.013, 3.3, 3, 800);
}

/// A pine has whorls of hanging branches, longer towards the foot.
bool inside_pine(const Pine& pine, double x, double y, std::uint32_t seed) noexcept {
  const double from_top = (y - (pine.base - pine.height)) / pine.height;
  if (from_top < 0 || y > pine.base + 3) return false;
  const double aside = x - pine.x - 1.2 * noise(y * 0.05, 0.5, seed);
  if (std::abs(aside) < 0.35 + pine.height * 0.012 * from_top) return true;
  if (from_top > 0.93) return false;
  const double side = aside < 0 ? 0 : 40;
  const double slope = y - 0.42 * std::abs(aside);
  const double whorl_height = 3.0 + pine.height * 0.028;
  const double phase = slope / whorl_height + 0.8 * noise(slope * 0.11, side, seed);
  const double along = phase - std::floor(phase);
  const auto whorl = static_cast<std::int32_t>(std::floor(phase));
  const double length = 0.72 + 0.55 * random_of(whorl, static_cast<std::int32_t>(side), seed);
  const double reach = pine.height * (0.012 + 0.19 * std::pow(from_top, 0.85)) * length * (0.42 + 0.58 * along);
  const double needles = 1.9 * noise(x * 0.55, y * 0.8, seed + 1) + 1.1 * noise(x * 1.3, y * 1.4, seed + 2);
  return std::abs(aside) + needles < reach;
}

/// True below the tips of the grass on the bank.
bool inside_grass(double x, double y, double top) noexcept {
  for (std::int32_t layer = 0; layer < 3; ++layer) {
    const double spread = 2.3 - 0.3 * layer;
    const double lean = 0.22 * (layer - 1) * (top - y);
    const double column = (x + lean) / spread;
    const auto blade = static_cast<std::int32_t>(std::floor(column));
    const double height = 2 + 11 * random_of(blade, layer, 820) * random_of(blade, layer, 821);
    const double across = std::abs(column - blade - 0.5) * 2;
    if (y > top - height * (1 - across)) return true;
  }
  return false;
}

/// Grass lit from behind: warm tips, dark roots.
Vec3 grass_light(double x, double y, double top) noexcept {
  const double depth = std::max(0.0, y - top);
  const double blades = noise(x * 0.9 + 0.25 * y, y * 0.16, 840) + 0.7 * noise(x * 0.45 - 0.1 * y, y * 0.09, 841);
  const double tufts = fractal_noise(x * 0.045, y * 0.11, 4, 842);
  const double lit = std::max(0.0, 0.45 + 0.75 * blades + 0.7 * tufts) * (0.45 + 0.55 * smooth_step(60, 0, depth));
  const double sunward = smooth_step(480, 60, x);
  return Vec3{0.020, 0.026, 0.012} + mix({0.050, 0.062, 0.018}, {0.150, 0.112, 0.036}, sunward) * lit;
}

}  // namespace

Vec3 over_foreground(double x, double y, const Vec3& behind) noexcept {
  Vec3 light = behind;
  for (std::uint32_t i = 0; i < pines.size(); ++i) {
    const Pine& pine = pines[i];
    if (!inside_pine(pine, x, y, 860 + 5 * i)) continue;
    const double clump = 0.5 + noise(x * 0.33, y * 0.45, 880 + i);
    light = Vec3{0.012, 0.017, 0.012} + Vec3{0.022, 0.024, 0.010} * std::max(0.0, clump);
  }
  const double top = bank_top(x);
  return inside_grass(x, y, top) ? grass_light(x, y, top) : light;
}

}  // namespace vqi_samples
