// ThreadPool and ProgressReporter: every task once, errors and cancellation come out.
#include "parallel.hpp"

#include <tbb/global_control.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "test_work.hpp"
#include "thrown_error.hpp"
#include "vqi/error.hpp"

TEST_CASE("every task runs exactly once at any number of threads") {
  for (const std::uint32_t threads : {0U, 1U, 2U, 8U}) {
    const vqi::detail::ThreadPool pool(threads);
    std::vector<std::atomic<int>> runs(1000);
    pool.for_each(runs.size(), [&](std::size_t i) { ++runs[i]; });
    CHECK(std::all_of(runs.begin(), runs.end(), [](const std::atomic<int>& count) { return count == 1; }));
    if (threads != 0) CHECK(pool.threads() == threads);
  }
}

TEST_CASE("a parallel task that waits for tasks of its own takes up no other in between") {
  const vqi::detail::ThreadPool pool(3);
  std::atomic<int> under_way{0};
  std::atomic<bool> crossed{false};
  pool.for_each(40, [&](std::size_t) {
    thread_local int depth = 0;
    if (++depth > 1) crossed = true;
    if (++under_way > 3) crossed = true;
    pool.for_each(20, [](std::size_t) { std::this_thread::sleep_for(std::chrono::microseconds(50)); });
    --under_way;
    --depth;
  });
  CHECK_FALSE(crossed);
}

TEST_CASE("a pool polls its call before each task, and none begins once the callback said stop") {
  for (const std::uint32_t threads : {1U, 3U}) {
    std::atomic<int> calls{0};
    std::atomic<int> tasks{0};
    vqi::test::TestWork work(
        threads, [&](const vqi::Progress&) { return ++calls < 5; }, std::chrono::milliseconds(0));
    CHECK(vqi::test::thrown_by([&] { work.pool.for_each(100, [&](std::size_t) { ++tasks; }); }).code ==
          vqi::ErrorCode::cancelled);
    CHECK(calls == 5);
    if (threads == 1) CHECK(tasks == 4);
    CHECK(tasks < 100);
    CHECK(vqi::test::thrown_by([&] { work.pool.poll(); }).code == vqi::ErrorCode::cancelled);
  }
}

TEST_CASE("an exception of a task reaches the caller") {
  const vqi::detail::ThreadPool pool(2);
  CHECK_THROWS_AS(pool.for_each(100,
                                [](std::size_t i) {
                                  if (i == 57) throw vqi::Error(vqi::ErrorCode::io_failed, "no");
                                }),
                  vqi::Error);
}

TEST_CASE("a callback that says stop ends the work with Error cancelled") {
  int calls = 0;
  const vqi::ProgressCallback callback = [&](const vqi::Progress&) { return ++calls < 3; };
  vqi::detail::ProgressReporter progress(callback);
  progress.begin(vqi::Stage::train);
  const vqi::detail::ThreadPool pool(2);
  std::atomic<int> runs{0};
  try {
    pool.for_each(100000, progress, [&](std::size_t) {
      ++runs;
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    });
    FAIL("was not cancelled");
  } catch (const vqi::Error& error) {
    CHECK(error.error_code() == vqi::ErrorCode::cancelled);
  }
  CHECK(calls == 3);
  CHECK(runs < 100000);
}

TEST_CASE("a call leaves the number of threads alone that the program gives TBB") {
  using Control = tbb::global_control;
  const Control of_program(Control::max_allowed_parallelism, 16);
  const std::size_t before = Control::active_value(Control::max_allowed_parallelism);
  for (const std::uint32_t threads : {1U, 2U, 40U}) {
    const vqi::detail::ThreadPool pool(threads);
    std::atomic<bool> changed{false};
    pool.for_each(100, [&](std::size_t) {
      if (Control::active_value(Control::max_allowed_parallelism) != before) changed = true;
    });
    CHECK_FALSE(changed);
  }
}
