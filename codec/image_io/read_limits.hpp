// The limits that image readers apply to a declared size before they take memory for it.
#pragma once

#include <cstdint>

#include "vqi/options.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// Throws Error{limit_exceeded} if an image of this size may not be read.
void check_size_limits(std::uint64_t width_px, std::uint64_t height_px, const DecodeLimits& limits);

/// Throws Error{limit_exceeded} if `run` allows less than `memory_bytes`; `what` takes them ("reading the image").
void check_memory_limit(std::uint64_t memory_bytes, const RunOptions& run, const char* what);

}  // namespace vqi::detail
