// Wall-clock time between two moments.
#pragma once

#include <chrono>
#include <utility>

namespace vqi::tool {

class Stopwatch {
 public:
  /// Seconds since this was made or last asked for a lap.
  [[nodiscard]] double lap_seconds() {
    const auto now = Clock::now();
    return std::chrono::duration<double>(now - std::exchange(lap_, now)).count();
  }
  /// Seconds since this was made.
  [[nodiscard]] double total_seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
  Clock::time_point lap_ = start_;
};

}  // namespace vqi::tool
