// ThreadPool: the loop of one thread, and polls before each task of an arena's.
#include "parallel.hpp"

#include <algorithm>
#include <atomic>

namespace vqi::detail {

ThreadPool::ThreadPool(std::uint32_t threads, ProgressReporter* progress)
    : threads_(threads != 0 ? std::min(threads, threads_max) : machine_threads()), progress_(progress) {
  if (threads_ > 1) arena_ = make_thread_arena(threads_);
  if (arena_ == nullptr) threads_ = 1;
}

void ThreadPool::for_each(std::size_t count, const std::function<void(std::size_t)>& task) const {
  const auto polled_task = [&](std::size_t i) {
    poll();
    task(i);
  };
  if (arena_ == nullptr || count < 2) {
    for (std::size_t i = 0; i < count; ++i) polled_task(i);
    return;
  }
  arena_->run(count, polled_task);
}

void ThreadPool::for_each(std::size_t count, ProgressReporter& progress,
                          const std::function<void(std::size_t)>& task) const {
  std::atomic<std::size_t> done{0};
  for_each(count, [&](std::size_t i) {
    if (!progress.keep_going()) return;
    task(i);
    progress.report(static_cast<double>(done.fetch_add(1, std::memory_order_relaxed) + 1) / static_cast<double>(count));
  });
  progress.throw_if_cancelled();
}

}  // namespace vqi::detail
