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
  explicit OwnedWork(const RunOptions& run)
      : owned_progress(run.progress), owned_pool(run.threads, run.progress ? &owned_progress : nullptr) {}

  ProgressReporter owned_progress;
  ThreadPool owned_pool;
};

/// Owns the threads and the progress of one library call. Borrows `run`.
class CallWork : private OwnedWork, public Work {
 public:
  explicit CallWork(const RunOptions& run) : OwnedWork(run), Work{owned_pool, owned_progress} {}
  CallWork(const CallWork&) = delete;
  CallWork& operator=(const CallWork&) = delete;
};

}  // namespace vqi::detail
