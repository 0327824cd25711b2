// TestWork: threads and a progress callback, as internal functions take them, made in one place for all tests.
#pragma once

#include <cstdint>
#include <utility>

#include "work.hpp"

namespace vqi::test {
using namespace detail;

/// Passes as a Work. Not to be moved: the reporter refers to the callback.
struct TestWork {
  explicit TestWork(std::uint32_t threads = 1, ProgressCallback wanted = {})
      : callback(std::move(wanted)), pool(threads), progress(callback) {}
  TestWork(const TestWork&) = delete;
  TestWork& operator=(const TestWork&) = delete;
  operator Work() { return {pool, progress}; }

  ProgressCallback callback;
  ThreadPool pool;
  ProgressReporter progress;
};

}  // namespace vqi::test
