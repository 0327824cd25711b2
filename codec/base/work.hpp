// Work: the threads that a call runs on and the progress that it reports, as one argument.
#pragma once

#include "parallel.hpp"
#include "progress.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// Borrows both, for the length of one library call or of one part of it.
struct Work {
  const ThreadPool& pool;
  ProgressReporter& progress;
};

/// What CallWork owns, built before the references to it.
struct OwnedWork {
  ThreadPool owned_pool;
  ProgressReporter owned_progress;
};

/// Owns the threads and the progress of one library call. Borrows `run`.
class CallWork : private OwnedWork, public Work {
 public:
  explicit CallWork(const RunOptions& run)
      : OwnedWork{ThreadPool(run.threads), ProgressReporter(run.progress)}, Work{owned_pool, owned_progress} {}
  CallWork(const CallWork&) = delete;
  CallWork& operator=(const CallWork&) = delete;
};

}  // namespace vqi::detail
