// Work: the threads that a call runs on and the progress that it reports, as one argument.
#pragma once

#include "parallel.hpp"
#include "progress.hpp"

namespace vqi::detail {

/// Borrows both, for the length of one library call or of one part of it.
struct Work {
  const ThreadPool& pool;
  ProgressReporter& progress;
};

}  // namespace vqi::detail
