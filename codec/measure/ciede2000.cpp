// ciede2000: the colour-difference formula of CIE 142:2001 after Sharma, Wu and Dalal (2005).
//
// The paper works on hue angles. Here a hue is a unit vector in the (a', b') plane: the mean hue is a bisector, and
// cosines of its multiples are polynomials of its cosine and sine. That avoids the paper's case distinctions around 360
// degrees, and takes at most one arc tangent instead of two arc tangents and six sines and cosines. Equation numbers
// are the paper's.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "vqi/metrics.hpp"

namespace vqi {
namespace {

constexpr double radians_per_degree = std::numbers::pi / 180;

/// sqrt(C^7 / (C^7 + 25^7)), which eqs. 4 and 17 share.
double chroma_saturation(double chroma) noexcept {
  const double cubed = chroma * chroma * chroma;
  const double seventh = cubed * cubed * chroma;
  constexpr double seventh_of_25 = 6103515625.0;
  return std::sqrt(seventh / (seventh + seventh_of_25));
}

struct Plane {
  double a = 0;
  double b = 0;
};

double length(const Plane& v) noexcept { return std::sqrt(v.a * v.a + v.b * v.b); }

Plane scaled(const Plane& v, double factor) noexcept { return {v.a * factor, v.b * factor}; }

/// The unit vector of `v`; (0, 0) if its length is 0.
Plane direction(const Plane& v, double length_of_v) noexcept {
  return length_of_v > 0 ? scaled(v, 1 / length_of_v) : Plane{};
}

/// Hue difference and mean hue of two colours.
struct HuePair {
  double difference = 0;  ///< Delta H', eq. 11
  Plane mean;             ///< direction of h' bar, eq. 14
};

HuePair compare_hues(const Plane& first, double first_chroma, const Plane& second, double second_chroma) noexcept {
  const double product = first_chroma * second_chroma;
  const double dot = first.a * second.a + first.b * second.b;
  const double cross = first.a * second.b - first.b * second.a;
  const Plane u = direction(first, first_chroma);
  const Plane v = direction(second, second_chroma);
  // Delta H' = 2 sqrt(C1' C2') sin(dh / 2). Both forms below compute it, each without cancellation on its side of 90
  // degrees. A colour without chroma has no hue: the mean is then the hue of the other colour (eq. 14).
  if (dot >= 0) {
    const Plane sum{u.a + v.a, u.b + v.b};
    const double sum_length = length(sum);
    const double difference = product > 0 ? cross * std::sqrt(2 / (product + dot)) : 0;
    return {difference, sum_length > 0 ? scaled(sum, 1 / sum_length) : Plane{1, 0}};
  }
  // Opposite hues have two bisectors; the paper's is the arithmetic mean of angles in [0, 360).
  const bool first_in_upper_half = first.b > 0 || (first.b == 0 && first.a > 0);
  const double turn = cross > 0 || (cross == 0 && first_in_upper_half) ? 1 : -1;
  const Plane apart{v.a - u.a, v.b - u.b};
  const double apart_length = length(apart);
  return {turn * std::sqrt(2 * (product - dot)), {turn * apart.b / apart_length, -turn * apart.a / apart_length}};
}

/// T of eq. 15: 1 - 0.17 cos(h - 30) + 0.24 cos(2h) + 0.32 cos(3h + 6) - 0.20 cos(4h - 63).
double hue_weight(const Plane& hue) noexcept {
  // Cosines and sines of the three phase angles.
  constexpr Plane phase_30{0.86602540378443865, 0.5};
  constexpr Plane phase_6{0.99452189536827333, 0.10452846326765347};
  constexpr Plane phase_63{0.45399049973954675, 0.89100652418836786};
  const Plane twice{hue.a * hue.a - hue.b * hue.b, 2 * hue.a * hue.b};
  const Plane thrice{twice.a * hue.a - twice.b * hue.b, twice.b * hue.a + twice.a * hue.b};
  const Plane fourfold{twice.a * twice.a - twice.b * twice.b, 2 * twice.a * twice.b};
  return 1 - 0.17 * (hue.a * phase_30.a + hue.b * phase_30.b) + 0.24 * twice.a +
         0.32 * (thrice.a * phase_6.a - thrice.b * phase_6.b) -
         0.20 * (fourfold.a * phase_63.a + fourfold.b * phase_63.b);
}

/// sin(2 Delta theta) of eqs. 16 and 21: the turn of the ellipses in the blue region.
double blue_rotation(const Plane& hue) noexcept {
  // From 0 to 150 degrees eq. 16 stays below 1e-9 degrees.
  constexpr double cos_150 = -0.866;
  if (hue.b >= 0 && hue.a > cos_150) return 0;
  double hue_degrees = std::atan2(hue.b, hue.a) / radians_per_degree;
  if (hue_degrees < 0) hue_degrees += 360;
  const double offset = (hue_degrees - 275) / 25;
  return std::sin(60 * radians_per_degree * std::exp(-offset * offset));
}

}  // namespace

double ciede2000(const Lab& first, const Lab& second) noexcept {
  const double mean_chroma_ab = (length({first.a, first.b}) + length({second.a, second.b})) / 2;
  const double a_stretch = 1 + 0.5 * (1 - chroma_saturation(mean_chroma_ab));  // eqs. 4, 5
  const Plane first_plane{a_stretch * first.a, first.b};
  const Plane second_plane{a_stretch * second.a, second.b};
  const double first_chroma = length(first_plane);
  const double second_chroma = length(second_plane);
  const HuePair hue = compare_hues(first_plane, first_chroma, second_plane, second_chroma);

  const double mean_chroma = (first_chroma + second_chroma) / 2;
  const double lightness_offset = (first.l + second.l) / 2 - 50;
  const double lightness_offset_sq = lightness_offset * lightness_offset;
  const double s_l = 1 + 0.015 * lightness_offset_sq / std::sqrt(20 + lightness_offset_sq);  // eq. 18
  const double s_c = 1 + 0.045 * mean_chroma;                                                // eq. 19
  const double s_h = 1 + 0.015 * mean_chroma * hue_weight(hue.mean);                         // eq. 20
  const double r_t = -2 * chroma_saturation(mean_chroma) * blue_rotation(hue.mean);          // eqs. 17, 21

  const double l = (second.l - first.l) / s_l;
  const double c = (second_chroma - first_chroma) / s_c;
  const double h = hue.difference / s_h;
  // R_T > -2 keeps the form positive; rounding may still pass 0.
  return std::sqrt(std::max(0.0, l * l + c * c + h * h + r_t * c * h));  // eq. 22
}

}  // namespace vqi
