// ThreadArena over a TBB task arena.
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

#include "thread_arena.hpp"

namespace vqi::detail {
namespace {

#if defined(__SANITIZE_THREAD__)
/// The thread sanitizer does not see how a TBB that was built without it synchronises, and would report every task.
/// Plain threads fork and join where it looks, so that what it reports are the tasks' own races.
class PlainThreads final : public ThreadArena {
 public:
  explicit PlainThreads(std::uint32_t threads) : threads_(threads) {}

  void run(std::size_t count, const std::function<void(std::size_t)>& task) override {
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
      while (helpers.size() + 1 < std::min<std::size_t>(threads_, count)) helpers.emplace_back(work);
      work();
    }
    if (failure != nullptr) std::rethrow_exception(failure);
  }

 private:
  std::uint32_t threads_;
};

using Arena = PlainThreads;
#else
/// An arena of our own. How many threads TBB makes for all arenas together is the program's to say: tbb::global_control
/// would set it for the whole process. TBB prints a warning where an arena asks for more.
class TbbArena final : public ThreadArena {
 public:
  explicit TbbArena(std::uint32_t threads)
      : arena_(static_cast<int>(std::min<std::size_t>(
            threads, tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism)))) {}

  void run(std::size_t count, const std::function<void(std::size_t)>& task) override {
    const auto run_tasks = [&] {
      tbb::parallel_for(
          tbb::blocked_range<std::size_t>(0, count, 1),
          [&](const tbb::blocked_range<std::size_t>& range) {
            for (std::size_t i = range.begin(); i != range.end(); ++i) task(i);
          },
          tbb::simple_partitioner());
    };
    // A task that waits for tasks of its own takes up no outer task: there are never more outer tasks under way than
    // threads, and a task never meets a lock of its own in another task below it.
    arena_.execute([&] { tbb::this_task_arena::isolate(run_tasks); });
  }

 private:
  tbb::task_arena arena_;
};

using Arena = TbbArena;
#endif

}  // namespace

std::uint32_t machine_threads() { return static_cast<std::uint32_t>(tbb::info::default_concurrency()); }

std::unique_ptr<ThreadArena> make_thread_arena(std::uint32_t threads) { return std::make_unique<Arena>(threads); }

}  // namespace vqi::detail
