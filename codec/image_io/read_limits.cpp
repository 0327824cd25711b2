// The limits that image readers apply to a declared size before they take memory for it.
#include "read_limits.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "vqi/error.hpp"

namespace vqi::detail {

void check_memory_limit(std::uint64_t memory_bytes, const DecodeLimits& limits) {
  if (memory_bytes > limits.max_memory_bytes)
    throw Error(ErrorCode::limit_exceeded, "reading the image would take " + std::to_string(memory_bytes) +
                                               " bytes of memory; the limit is " +
                                               std::to_string(limits.max_memory_bytes) +
                                               " (raise it with --max-memory BYTES or DecodeLimits::max_memory_bytes)");
}

void check_read_limits(std::uint64_t width_px, std::uint64_t height_px, std::uint64_t memory_bytes,
                       const DecodeLimits& limits) {
  const std::string size = std::to_string(width_px) + "x" + std::to_string(height_px);
  if (std::max(width_px, height_px) > limits.max_side_px)
    throw Error(ErrorCode::limit_exceeded, "image of " + size + " pixels has a side over the limit of " +
                                               std::to_string(limits.max_side_px) +
                                               " pixels (raise it with --max-pixels above 2^28 or "
                                               "DecodeLimits::max_side_px)");
  // Both sides now fit in 32 bits, so that the product fits in 64.
  if (width_px * height_px > limits.max_pixels)
    throw Error(ErrorCode::limit_exceeded, "image of " + size + " pixels has more than the limit of " +
                                               std::to_string(limits.max_pixels) +
                                               " pixels (raise it with --max-pixels N or DecodeLimits::max_pixels)");
  check_memory_limit(memory_bytes, limits);
}

}  // namespace vqi::detail
