// ThreadPool over a TBB task arena.
#include "parallel.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>

namespace vqi {

struct ThreadPool::Arena {
  // More threads than the machine has are only made when this allows them.
  tbb::global_control allowed;
  tbb::task_arena arena;

  explicit Arena(std::uint32_t threads)
      : allowed(tbb::global_control::max_allowed_parallelism,
                std::max<std::size_t>(threads, static_cast<std::size_t>(tbb::info::default_concurrency()))),
        arena(static_cast<int>(threads)) {}
};

ThreadPool::ThreadPool(std::uint32_t threads)
    : threads_(threads != 0 ? std::min(threads, 1024U) : static_cast<std::uint32_t>(tbb::info::default_concurrency())) {
  if (threads_ > 1) arena_ = std::make_unique<Arena>(threads_);
}

ThreadPool::~ThreadPool() = default;

void ThreadPool::for_each(std::size_t count, const std::function<void(std::size_t)>& task) const {
  if (arena_ == nullptr || count < 2) {
    for (std::size_t i = 0; i < count; ++i) task(i);
    return;
  }
  arena_->arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, count, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
          for (std::size_t i = range.begin(); i != range.end(); ++i) task(i);
        },
        tbb::simple_partitioner());
  });
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

}  // namespace vqi
