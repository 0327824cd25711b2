// WorkPulse: lets the callback of a call say stop within loops that run long on one thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "parallel.hpp"

namespace vqi::detail {

/// Polls a pool once for each portion of a loop's work. A value: copies count on their own.
class WorkPulse {
 public:
  /// Steps, of about a nanosecond each, from one poll to the next.
  static constexpr std::uint64_t portion = std::uint64_t{1} << 22;

  /// Never polls.
  WorkPulse() = default;
  /// Borrows `pool`.
  explicit WorkPulse(const ThreadPool& pool) noexcept : pool_(&pool) {}

  /// Counts steps that come next. Throws Error{cancelled} if the callback said stop.
  void add(std::uint64_t steps) {
    steps_ += steps;
    if (steps_ < portion) return;
    steps_ = 0;
    if (pool_ != nullptr) pool_->poll();
  }

  /// Calls use(first, last) for parts of begin .. end in order, each of at most a portion of work or of one element;
  /// an element takes `element_steps`.
  template <typename Use>
  void in_portions(std::size_t begin, std::size_t end, std::uint64_t element_steps, const Use& use) {
    const std::size_t elements =
        std::max<std::size_t>(1, static_cast<std::size_t>(portion / std::max<std::uint64_t>(1, element_steps)));
    for (std::size_t first = begin; first < end;) {
      const std::size_t last = end - first > elements ? first + elements : end;
      add((last - first) * element_steps);
      use(first, last);
      first = last;
    }
  }

 private:
  const ThreadPool* pool_ = nullptr;
  std::uint64_t steps_ = 0;
};

}  // namespace vqi::detail
