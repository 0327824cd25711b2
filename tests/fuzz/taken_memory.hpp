// taken_memory: what a call allocates, where a sanitizer's allocator tells it.
#pragma once

#include <cstdint>
#include <functional>

namespace vqi::fuzz {

struct TakenMemory {
  std::uint64_t all_bytes = 0;   ///< freed ones included
  std::uint64_t peak_bytes = 0;  ///< the most at once, beyond what was in use before
};

/// Runs `work` and counts. Without a sanitizer both are 0.
[[nodiscard]] TakenMemory taken_memory(const std::function<void()>& work);

}  // namespace vqi::fuzz
