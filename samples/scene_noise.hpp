// Noise for the sample scenes: a hash of integers, smooth gradient noise and its octaves.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace vqi_samples {

/// Hashes two coordinates and a seed to 32 bits.
inline std::uint32_t hash_of(std::int32_t x, std::int32_t y, std::uint32_t seed) noexcept {
  std::uint32_t bits =
      static_cast<std::uint32_t>(x) * 0x9E3779B1U ^ static_cast<std::uint32_t>(y) * 0x85EBCA77U ^ seed * 0xC2B2AE3DU;
  bits = (bits ^ (bits >> 15)) * 0x2C1B3C6DU;
  bits = (bits ^ (bits >> 12)) * 0x297A2D39U;
  return bits ^ (bits >> 15);
}

/// Uniform in [0, 1).
inline double random_of(std::int32_t x, std::int32_t y, std::uint32_t seed) noexcept {
  return hash_of(x, y, seed) / 4294967296.0;
}

inline double mix(double from, double to, double fraction) noexcept { return from + (to - from) * fraction; }

/// 0 up to `from`, 1 beyond `to`, a cubic in between. If `to` < `from` it falls from 1 to 0 instead.
inline double smooth_step(double from, double to, double value) noexcept {
  const double t = std::clamp((value - from) / (to - from), 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

/// Perlin's gradient noise, about -0.7..0.7, on a lattice with spacing 1.
inline double noise(double x, double y, std::uint32_t seed) noexcept {
  const double fx = std::floor(x);
  const double fy = std::floor(y);
  const auto ix = static_cast<std::int32_t>(fx);
  const auto iy = static_cast<std::int32_t>(fy);
  const double dx = x - fx;
  const double dy = y - fy;
  // Two uniform components instead of a unit vector save a square root and look the same.
  const auto corner = [&](std::int32_t cx, std::int32_t cy) {
    const std::uint32_t bits = hash_of(ix + cx, iy + cy, seed);
    const double gx = (bits & 0xFFFFU) / 32768.0 - 1;
    const double gy = (bits >> 16) / 32768.0 - 1;
    return gx * (dx - cx) + gy * (dy - cy);
  };
  const double ux = dx * dx * dx * (dx * (dx * 6 - 15) + 10);
  const double uy = dy * dy * dy * (dy * (dy * 6 - 15) + 10);
  return mix(mix(corner(0, 0), corner(1, 0), ux), mix(corner(0, 1), corner(1, 1), ux), uy);
}

/// The sum of `octaves` of noise. Each has half the amplitude and about twice the frequency of the octave before.
inline double fractal_noise(double x, double y, int octaves, std::uint32_t seed) noexcept {
  double sum = 0;
  double amplitude = 1;
  for (int octave = 0; octave < octaves; ++octave) {
    sum += amplitude * noise(x, y, seed + static_cast<std::uint32_t>(octave));
    // Rotate by the angle of a 3-4-5 triangle, so that the lattices do not show.
    const double turned = (0.8 * x - 0.6 * y) * 2.03;
    y = (0.6 * x + 0.8 * y) * 2.03;
    x = turned;
    amplitude *= 0.5;
  }
  return sum;
}

/// The same with sharp crests, for mountain ridges; 0 to about 1.
inline double ridged_noise(double x, double y, int octaves, std::uint32_t seed) noexcept {
  double sum = 0;
  double amplitude = 0.55;
  double weight = 1;
  for (int octave = 0; octave < octaves; ++octave) {
    double crest = std::max(0.0, 1 - 1.9 * std::abs(noise(x, y, seed + static_cast<std::uint32_t>(octave))));
    crest *= crest * weight;
    sum += amplitude * crest;
    weight = std::clamp(crest * 1.6, 0.0, 1.0);
    const double turned = (0.8 * x - 0.6 * y) * 2.1;
    y = (0.6 * x + 0.8 * y) * 2.1;
    x = turned;
    amplitude *= 0.45;
  }
  return sum;
}

}  // namespace vqi_samples
