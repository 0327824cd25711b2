// LapClock: wall-clock seconds of the stages of a call, one after the other.
#pragma once

#include <chrono>
#include <utility>

namespace vqi::detail {

class LapClock {
 public:
  /// Seconds since construction or the last call.
  [[nodiscard]] double lap() noexcept {
    const auto now = std::chrono::steady_clock::now();
    return std::chrono::duration<double>(now - std::exchange(begin_, now)).count();
  }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace vqi::detail
