// The limits under which harnesses read streams and image files.
#pragma once

#include "promises.hpp"
#include "taken_memory.hpp"
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

/// What a call may take beside the memory that it counts.
inline constexpr std::uint64_t memory_beside_limit = 1'000'000;

/// Promises that a call with small_run() kept its limit.
inline void check_memory_limit(const TakenMemory& taken) {
  promise(taken.peak_bytes <= small_run().max_memory_bytes + memory_beside_limit, "the limit of memory is kept");
}

}  // namespace vqi::fuzz
