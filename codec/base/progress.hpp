// ProgressReporter: passes progress to the caller's callback at a limited rate, and remembers that it said stop.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>

#include "vqi/run_options.hpp"

namespace vqi::detail {

/// Wraps one call's ProgressCallback. Any thread may report; the callback is never called by two at
/// once, and at most every 20 ms, which keeps a Ctrl-C well under a fifth of a second.
class ProgressReporter {
 public:
  explicit ProgressReporter(const ProgressCallback& callback) : callback_(callback) {}

  /// The stage that later reports belong to; reports its start. Not to be called while tasks run.
  void begin(Stage stage);

  /// Reports that `fraction` (0..1) of the stage is done.
  void report(double fraction);

  /// Lets the callback say stop within a long task. Throws Error{cancelled} if it did.
  void poll();

  /// False once the callback said stop.
  [[nodiscard]] bool keep_going() const noexcept { return !cancelled_.load(std::memory_order_relaxed); }

  /// Throws Error{cancelled} if the callback said stop.
  void throw_if_cancelled() const;

 private:
  using Clock = std::chrono::steady_clock;

  const ProgressCallback& callback_;
  Stage stage_ = Stage::train;
  std::atomic<bool> cancelled_{false};
  std::atomic<double> fraction_{0};
  std::atomic<Clock::rep> next_report_{0};
  std::mutex mutex_;
};

}  // namespace vqi::detail
