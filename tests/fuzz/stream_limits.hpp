// The limits under which harnesses read streams and image files.
#pragma once

#include "vqi/options.hpp"

namespace vqi::fuzz {
using namespace detail;

/// Large enough for images of several strips, small enough for thousands of runs a second.
[[nodiscard]] inline DecodeLimits small_limits() {
  DecodeLimits limits;
  limits.max_pixels = std::uint64_t{1} << 18;
  limits.max_side_px = 1U << 18;
  limits.max_memory_bytes = std::uint64_t{1} << 26;  // a decoder of the model max takes 23 MB
  limits.threads = 1;
  return limits;
}

}  // namespace vqi::fuzz
