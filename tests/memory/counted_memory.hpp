// Counters of the memory that the program takes; tests/memory replaces the allocation functions and keeps them.
#pragma once

#include <cstdint>

namespace vqi::test {

/// Bytes that were allocated since the program started; freeing them takes nothing off.
[[nodiscard]] std::uint64_t allocated_bytes() noexcept;

/// Starts to look for a peak.
void begin_peak() noexcept;
/// The most bytes that were in use at once since begin_peak, beyond those in use then.
[[nodiscard]] std::uint64_t peak_bytes() noexcept;

/// The bytes that `work` allocates, all together, and the most at once.
struct Memory {
  std::uint64_t all_bytes = 0;
  std::uint64_t peak_bytes = 0;
};
template <typename Work>
[[nodiscard]] Memory memory_of(const Work& work) {
  const std::uint64_t before = allocated_bytes();
  begin_peak();
  work();
  return {allocated_bytes() - before, peak_bytes()};
}

}  // namespace vqi::test
