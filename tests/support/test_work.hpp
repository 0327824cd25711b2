// TestWork: threads and a progress callback, as internal functions take them, made in one place for all tests.
#pragma once

#include <chrono>
#include <cstdint>
#include <utility>

#include "work.hpp"

namespace vqi::test {
using namespace detail;

/// Passes as a Work. Not to be moved: the reporter refers to the callback.
struct TestWork {
  /// With an `interval` of 0 each poll and report calls back.
  explicit TestWork(std::uint32_t threads = 1, ProgressCallback wanted = {},
                    std::chrono::milliseconds interval = ProgressReporter::usual_interval)
      : callback(std::move(wanted)), progress(callback, interval), pool(threads, callback ? &progress : nullptr) {}
  TestWork(const TestWork&) = delete;
  TestWork& operator=(const TestWork&) = delete;
  operator Work() { return {pool, progress}; }

  ProgressCallback callback;
  ProgressReporter progress;
  ThreadPool pool;
};

}  // namespace vqi::test
