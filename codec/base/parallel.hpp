// ThreadPool: numbered tasks on a number of threads. No other file includes Intel TBB.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "progress.hpp"

namespace vqi::detail {

/// The most threads that a call may have.
inline constexpr std::uint32_t threads_max = 1024;

/// Runs numbered tasks on a fixed number of threads, for the length of one library call.
///
/// Results are deterministic if the tasks are: a task writes to what belongs to its number, and what several
/// tasks sum is an integer or is combined afterwards in the order of the numbers.
class ThreadPool {
 public:
  /// `threads` 0 means as many as the machine has, above threads_max counts as threads_max.
  explicit ThreadPool(std::uint32_t threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  [[nodiscard]] std::uint32_t threads() const noexcept { return threads_; }

  /// Calls task(0) ... task(count - 1), in any order, and returns when all are done. Exceptions of
  /// tasks pass through. On one thread the tasks run in order, in the caller. A task may call this
  /// again; while it waits, its thread helps with those inner tasks only.
  void for_each(std::size_t count, const std::function<void(std::size_t)>& task) const;

  /// As above; reports each finished task to `progress`, and throws Error{cancelled} once that says stop.
  void for_each(std::size_t count, ProgressReporter& progress, const std::function<void(std::size_t)>& task) const;

 private:
  struct Arena;
  std::uint32_t threads_;
  std::unique_ptr<Arena> arena_;  // none for one thread
};

}  // namespace vqi::detail
