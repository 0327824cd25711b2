// The limits that image readers apply to a declared size before they take memory for it.
#pragma once

#include <cstdint>

#include "vqi/options.hpp"

namespace vqi::detail {

/// Throws Error{limit_exceeded}, naming the limit and how to raise it, if an image of this size
/// may not be read, or if reading it would take more than `memory_bytes` allowed.
void check_read_limits(std::uint64_t width_px, std::uint64_t height_px, std::uint64_t memory_bytes,
                       const DecodeLimits& limits);

/// The memory limit alone, for what is not pixels.
void check_memory_limit(std::uint64_t memory_bytes, const DecodeLimits& limits);

}  // namespace vqi::detail
