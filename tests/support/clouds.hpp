// Clouds of random points, for tests of clustering.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "random.hpp"

namespace vqi::test {
using namespace detail;

/// Uniform in [0, 1).
inline double unit_number(Random& random) { return static_cast<double>(random.next() >> 11) * 0x1p-53; }

/// Roughly normal with mean 0 and variance 1: a sum of twelve uniform numbers.
inline double bell_number(Random& random) {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += unit_number(random);
  return sum;
}

/// `each` points around every centre, with standard deviation `width` in each dimension; `centres` is (k, d).
inline std::vector<double> bell_clouds(std::span<const double> centres, std::uint32_t d, std::size_t each, double width,
                                       Random& random) {
  std::vector<double> values;
  for (std::size_t first = 0; first < centres.size(); first += d)
    for (std::size_t n = 0; n < each; ++n)
      for (std::uint32_t i = 0; i < d; ++i) values.push_back(centres[first + i] + width * bell_number(random));
  return values;
}

/// n points in the unit cube.
inline std::vector<double> uniform_cloud(std::size_t n, std::uint32_t d, Random& random) {
  std::vector<double> values;
  for (std::size_t i = 0; i < n * d; ++i) values.push_back(unit_number(random));
  return values;
}

}  // namespace vqi::test
