// ThreadArena: threads that run numbered tasks at once, made of Intel TBB where vqi is built with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace vqi::detail {

class ThreadArena {
 public:
  ThreadArena() = default;
  virtual ~ThreadArena() = default;
  ThreadArena(const ThreadArena&) = delete;
  ThreadArena& operator=(const ThreadArena&) = delete;

  /// Calls task(0) ... task(count - 1), in any order, and returns when all are done. Exceptions of tasks pass through.
  virtual void run(std::size_t count, const std::function<void(std::size_t)>& task) = 0;
};

/// As many threads as the machine has; 1 in a build without an engine for threads.
[[nodiscard]] std::uint32_t machine_threads();

/// An arena for `threads` > 1 threads; null in a build without an engine, whose work the calling thread does.
[[nodiscard]] std::unique_ptr<ThreadArena> make_thread_arena(std::uint32_t threads);

}  // namespace vqi::detail
