// ThreadPool: numbered tasks on a number of threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "progress.hpp"
#include "thread_arena.hpp"

namespace vqi::detail {

/// The most threads that a call may have.
inline constexpr std::uint32_t threads_max = 1024;

/// Runs numbered tasks on a number of threads, for the length of one library call. TBB may give it fewer: as a rule it
/// makes as many as the machine has, unless the program allows more by its own tbb::global_control. In a build without
/// TBB there is one thread, the caller's.
///
/// Results are deterministic if the tasks are: a task writes to what belongs to its number, and what several
/// tasks sum is an integer or is combined afterwards in the order of the numbers.
class ThreadPool {
 public:
  /// `threads` 0 means as many as the machine has, above threads_max counts as threads_max. `progress`, that of the
  /// call which the pool works for, is borrowed and polled before each task; null: nobody can stop the work.
  explicit ThreadPool(std::uint32_t threads, ProgressReporter* progress = nullptr);
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  [[nodiscard]] std::uint32_t threads() const noexcept { return threads_; }

  /// Lets the callback of the call say stop within a long task. Throws Error{cancelled} if it did.
  void poll() const {
    if (progress_ != nullptr) progress_->poll();
  }

  /// Calls task(0) ... task(count - 1), in any order, and returns when all are done. Polls before each task; exceptions
  /// of polls and tasks pass through. On one thread the tasks run in order, in the caller. A task may call this
  /// again; while it waits, its thread helps with those inner tasks only.
  void for_each(std::size_t count, const std::function<void(std::size_t)>& task) const;

  /// As above; reports each finished task to `progress`, and throws Error{cancelled} once that says stop.
  void for_each(std::size_t count, ProgressReporter& progress, const std::function<void(std::size_t)>& task) const;

 private:
  std::uint32_t threads_;
  ProgressReporter* progress_;
  std::unique_ptr<ThreadArena> arena_;  // none for one thread
};

}  // namespace vqi::detail
