// ThreadPool over a TBB task arena.
#include "parallel.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace vqi::detail {

#if defined(__SANITIZE_THREAD__)
namespace {

/// The thread sanitizer does not see how a TBB that was built without it synchronises, and would report every task.
/// Plain threads fork and join where it looks, so that what it reports are the tasks' own races.
void for_each_on_plain_threads(std::uint32_t threads, std::size_t count, const std::function<void(std::size_t)>& task) {
  std::atomic<std::size_t> next{0};
  std::once_flag first_failure;
  std::exception_ptr failure;
  const auto work = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) task(i);
    } catch (...) {
      std::call_once(first_failure, [&] { failure = std::current_exception(); });
      next = count;
    }
  };
  {
    std::vector<std::jthread> helpers;
    while (helpers.size() + 1 < std::min<std::size_t>(threads, count)) helpers.emplace_back(work);
    work();
  }
  if (failure != nullptr) std::rethrow_exception(failure);
}

}  // namespace
#endif

/// An arena of our own. How many threads TBB makes for all arenas together is the program's to say: tbb::global_control
/// would set it for the whole process. TBB prints a warning where an arena asks for more.
struct ThreadPool::Arena {
  tbb::task_arena arena;

  explicit Arena(std::uint32_t threads)
      : arena(static_cast<int>(std::min<std::size_t>(
            threads, tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism)))) {}
};

ThreadPool::ThreadPool(std::uint32_t threads, ProgressReporter* progress)
    : threads_(threads != 0 ? std::min(threads, threads_max)
                            : static_cast<std::uint32_t>(tbb::info::default_concurrency())),
      progress_(progress) {
  if (threads_ > 1) arena_ = std::make_unique<Arena>(threads_);
}

ThreadPool::~ThreadPool() = default;

void ThreadPool::for_each(std::size_t count, const std::function<void(std::size_t)>& task) const {
  if (arena_ == nullptr || count < 2) {
    for (std::size_t i = 0; i < count; ++i) {
      poll();
      task(i);
    }
    return;
  }
#if defined(__SANITIZE_THREAD__)
  for_each_on_plain_threads(threads_, count, [&](std::size_t i) {
    poll();
    task(i);
  });
#else
  const auto run = [&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, count, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
          for (std::size_t i = range.begin(); i != range.end(); ++i) {
            poll();
            task(i);
          }
        },
        tbb::simple_partitioner());
  };
  // A task that waits for tasks of its own takes up no outer task: there are never more outer tasks under way than
  // threads, and a task never meets a lock of its own in another task below it.
  arena_->arena.execute([&] { tbb::this_task_arena::isolate(run); });
#endif
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
