// Stopwatch: measures wall-clock time.
#pragma once

#include <chrono>
#include <utility>

namespace vqi::tool {

class Stopwatch {
 public:
  /// Seconds since construction or the last call of this function.
  [[nodiscard]] double lap_seconds() {
    const auto now = Clock::now();
    return std::chrono::duration<double>(now - std::exchange(lap_, now)).count();
  }
  /// Seconds since construction.
  [[nodiscard]] double total_seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
  Clock::time_point lap_ = start_;
};

}  // namespace vqi::tool
