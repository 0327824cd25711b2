// A random double between 0 and 1, the same on every machine.
#pragma once

#include "cluster_detail.hpp"

namespace vqi::cluster::detail {

/// Uniform in [0, 1): a multiple of 2^-53 made of the upper 53 bits of one random number.
[[nodiscard]] inline double uniform_number(Random& random) noexcept {
  return static_cast<double>(random.next() >> 11) * 0x1p-53;
}

}  // namespace vqi::cluster::detail
