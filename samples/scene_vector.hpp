// Vec3: a point, direction or linear colour of the sample scenes.
#pragma once

#include <cmath>

#include "scene_noise.hpp"

namespace vqi_samples {

struct Vec3 {
  double x = 0;
  double y = 0;
  double z = 0;
};

inline Vec3 operator+(const Vec3& a, const Vec3& b) noexcept { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
inline Vec3 operator-(const Vec3& a, const Vec3& b) noexcept { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
inline Vec3 operator*(const Vec3& a, const Vec3& b) noexcept { return {a.x * b.x, a.y * b.y, a.z * b.z}; }
inline Vec3 operator*(const Vec3& v, double factor) noexcept { return {v.x * factor, v.y * factor, v.z * factor}; }
inline double dot(const Vec3& a, const Vec3& b) noexcept { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline Vec3 unit(const Vec3& v) noexcept { return v * (1 / std::sqrt(dot(v, v))); }
inline Vec3 mix(const Vec3& from, const Vec3& to, double fraction) noexcept { return from + (to - from) * fraction; }

}  // namespace vqi_samples
