// Matrices of Oklab, the transfer function of sRGB (IEC 61966-2-1), and roots without the C library.
#include "oklab.hpp"

#include <algorithm>
#include <cmath>

namespace vqi::detail {
namespace {

/// Newton's steps for a root of a number in 1/32 .. 1; the last ones change nothing.
constexpr int root_steps = 12;

/// The `degree`-th root, 3 or 5, of a number above 0.
double root(double value, int degree) noexcept {
  int exponent = 0;
  double mantissa = std::frexp(value, &exponent);
  while (exponent % degree != 0) {  // the root of 2^exponent is a power of two
    mantissa /= 2;
    ++exponent;
  }
  double y = 1;
  for (int step = 0; step < root_steps; ++step) {
    const double power = degree == 3 ? y * y : y * y * (y * y);
    y = ((degree - 1) * y + mantissa / power) / degree;
  }
  return std::ldexp(y, exponent / degree);
}

double cube_root(double value) noexcept {
  if (value == 0) return 0;
  return value > 0 ? root(value, 3) : -root(-value, 3);
}

double cube(double value) noexcept { return value * value * value; }

/// Linear light of a code value of sRGB, both 0..1.
double linear_of(double value) noexcept {
  if (value <= 0.04045) return value / 12.92;
  const double x = (value + 0.055) / 1.055;
  return x * x * root(x * x, 5);  // x^2.4
}

/// The inverse of linear_of.
double encoded_of(double linear) noexcept {
  if (linear <= 0.0031308) return linear * 12.92;
  const double twelfth = cube_root(std::sqrt(std::sqrt(linear)));
  const double squared = twelfth * twelfth;
  return 1.055 * (squared * squared * twelfth) - 0.055;  // x^(5/12)
}

}  // namespace

Oklab::Oklab(std::uint32_t max_value) : max_value_(max_value), linear_(std::size_t{max_value} + 1) {
  for (std::size_t code = 0; code < linear_.size(); ++code)
    linear_[code] = linear_of(static_cast<double>(code) / max_value);
}

OklabColour Oklab::of_rgb(std::uint32_t red, std::uint32_t green, std::uint32_t blue) const noexcept {
  const double r = linear_[red];
  const double g = linear_[green];
  const double b = linear_[blue];
  const double l = cube_root(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const double m = cube_root(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const double s = cube_root(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
          1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
          0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

double Oklab::of_grey(std::uint32_t grey) const noexcept { return cube_root(linear_[grey]); }

void Oklab::to_rgb(const OklabColour& lab, std::uint32_t* rgb) const noexcept {
  const double l = cube(lab.l + 0.3963377774 * lab.a + 0.2158037573 * lab.b);
  const double m = cube(lab.l - 0.1055613458 * lab.a - 0.0638541728 * lab.b);
  const double s = cube(lab.l - 0.0894841775 * lab.a - 1.2914855480 * lab.b);
  rgb[0] = code_of(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  rgb[1] = code_of(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  rgb[2] = code_of(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
}

std::uint32_t Oklab::to_grey(double lightness) const noexcept { return code_of(cube(lightness)); }

std::uint32_t Oklab::code_of(double linear) const noexcept {
  const double code = encoded_of(std::clamp(linear, 0.0, 1.0)) * max_value_;
  return static_cast<std::uint32_t>(std::min<std::int64_t>(std::llround(code), max_value_));
}

}  // namespace vqi::detail
