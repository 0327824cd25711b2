// The limits under which harnesses read streams and image files.
#pragma once

#include "vqi/options.hpp"
#include "vqi/run_options.hpp"

namespace vqi::fuzz {
using namespace detail;

/// Large enough for images of several strips, small enough for thousands of runs a second.
[[nodiscard]] inline DecodeLimits small_limits() {
  DecodeLimits limits;
  limits.max_pixels = std::uint64_t{1} << 18;
  limits.max_side_px = 1U << 18;
  return limits;
}

/// One thread, and memory for one decoder of the model max, which has 23 MB.
[[nodiscard]] inline RunOptions small_run() {
  RunOptions run;
  run.threads = 1;
  run.max_memory_bytes = std::uint64_t{1} << 26;
  return run;
}

}  // namespace vqi::fuzz
