// ProgressReporter: passes progress to the caller's callback at a limited rate, and remembers that it said stop.
#pragma once

#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>

#include "vqi/run_options.hpp"

namespace vqi::detail {

/// Wraps one call's ProgressCallback. Any thread may report; the callback is never called by two at
/// once, and at most every 20 ms, which keeps a Ctrl-C well under a fifth of a second.
class ProgressReporter {
 public:
  /// The time from one call of the callback to the next, at least.
  static constexpr std::chrono::milliseconds usual_interval{20};

  /// Borrows `callback`. Tests count calls with an interval of 0.
  explicit ProgressReporter(const ProgressCallback& callback, std::chrono::milliseconds interval = usual_interval)
      : callback_(callback), interval_(interval) {}

  /// The stage that later reports belong to; reports its start. Not to be called while tasks run.
  void begin(Stage stage);

  /// Reports that `fraction` (0..1) of the stage is done. Throws what the callback throws.
  void report(double fraction);

  /// Lets the callback say stop within a long task, as throw_if_cancelled.
  void poll();

  /// False once the callback said stop or threw.
  [[nodiscard]] bool keep_going() const noexcept { return !cancelled_.load(std::memory_order_relaxed); }

  /// Throws Error{cancelled} if the callback said stop. If it threw, throws the same again: other threads stop by it,
  /// and whichever exception leaves the call is the caller's own.
  void throw_if_cancelled() const;

 private:
  using Clock = std::chrono::steady_clock;

  const ProgressCallback& callback_;
  std::chrono::milliseconds interval_;
  Stage stage_ = Stage::train;
  std::atomic<bool> cancelled_{false};
  std::exception_ptr failure_;  // what the callback threw; set before cancelled_
  std::atomic<double> fraction_{0};
  std::atomic<Clock::rep> next_report_{0};
  std::mutex mutex_;
};

}  // namespace vqi::detail
