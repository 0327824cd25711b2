// Lab to XYZ by CIE 15, XYZ of D50 to linear sRGB by one matrix, and sRGB's transfer function of IEC 61966-2-1.
#include "lab_colour.hpp"

#include <algorithm>
#include <cmath>

namespace vqi::detail {
namespace {

constexpr std::array<double, 3> d50_white{0.96422, 1.0, 0.82521};

/// From XYZ relative to D50 to linear sRGB: the inverse of sRGB's primaries adapted from D65 with Bradford's matrix
/// (B. Lindbloom, "RGB/XYZ matrices"). Rows are scaled so that D50 becomes exactly white.
constexpr std::array<std::array<double, 3>, 3> linear_from_xyz{{
    {3.1338561, -1.6168667, -0.4906146},
    {-0.9787684, 1.9161415, 0.0334540},
    {0.0719453, -0.2289914, 1.4052427},
}};

/// The inverse of f in CIE 15: f(t) = t^(1/3) above (6/29)^3, and linear below.
double inverse_of_f(double value) {
  constexpr double bend = 6.0 / 29.0;
  return value > bend ? value * value * value : 3 * bend * bend * (value - 4.0 / 29.0);
}

double encoded_srgb(double linear) {
  if (linear <= 0.0031308) return 12.92 * linear;
  return 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
}

}  // namespace

std::array<std::uint32_t, 3> srgb_from_lab(const LabColour& lab, std::uint32_t full) noexcept {
  const double fy = (lab.lightness + 16) / 116;
  const std::array<double, 3> xyz{d50_white[0] * inverse_of_f(fy + lab.a / 500), inverse_of_f(fy),
                                  d50_white[2] * inverse_of_f(fy - lab.b / 200)};
  std::array<std::uint32_t, 3> result{};
  for (std::size_t channel = 0; channel < 3; ++channel) {
    const auto& row = linear_from_xyz[channel];
    const double white = row[0] * d50_white[0] + row[1] * d50_white[1] + row[2] * d50_white[2];
    const double linear = (row[0] * xyz[0] + row[1] * xyz[1] + row[2] * xyz[2]) / white;
    const double code = std::clamp(encoded_srgb(linear), 0.0, 1.0) * full;
    result[channel] = static_cast<std::uint32_t>(std::lround(code));
  }
  return result;
}

}  // namespace vqi::detail
