// ProgressReporter: stages and fractions reach the callback, not too often, and its no ends the call.
#include "progress.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>
#include <thread>
#include <vector>

#include "thrown_error.hpp"

using vqi::Progress;
using vqi::Stage;
using vqi::test::thrown_by;

TEST_CASE("each stage is told at its start, whatever was told just before") {
  std::vector<Progress> told;
  const vqi::ProgressCallback callback = [&](const Progress& progress) {
    told.push_back(progress);
    return true;
  };
  vqi::detail::ProgressReporter reporter(callback);
  for (const Stage stage : {Stage::train, Stage::assign, Stage::write}) reporter.begin(stage);
  REQUIRE(told.size() == 3);
  CHECK(told[0].stage == Stage::train);
  CHECK(told[1].stage == Stage::assign);
  CHECK(told[2].stage == Stage::write);
  CHECK(told[2].fraction == 0);
}

TEST_CASE("a thousand reports in a moment call back a few times, and fractions are kept within 0 and 1") {
  int calls = 0;
  const vqi::ProgressCallback callback = [&](const Progress& progress) {
    ++calls;
    CHECK(progress.fraction >= 0);
    CHECK(progress.fraction <= 1);
    return true;
  };
  vqi::detail::ProgressReporter reporter(callback);
  const auto begin = std::chrono::steady_clock::now();
  reporter.begin(Stage::encode);
  for (int i = 0; i < 1000; ++i) reporter.report(i % 2 == 0 ? -1.0 : 7.0);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  CHECK(calls <= 1 + seconds.count() / 0.02 + 1);
}

TEST_CASE("after 20 ms a report calls back again, and a poll tells the last fraction") {
  std::vector<double> told;
  const vqi::ProgressCallback callback = [&](const Progress& progress) {
    told.push_back(progress.fraction);
    return true;
  };
  vqi::detail::ProgressReporter reporter(callback);
  reporter.begin(Stage::encode);
  reporter.report(0.25);  // too early to be told
  std::this_thread::sleep_for(std::chrono::milliseconds(25));
  reporter.poll();
  REQUIRE_FALSE(told.empty());
  CHECK(told.back() == 0.25);
}

TEST_CASE("a callback that says no is not called again, and the error says what was stopped") {
  int calls = 0;
  const vqi::ProgressCallback callback = [&](const Progress&) {
    ++calls;
    return false;
  };
  vqi::detail::ProgressReporter reporter(callback);
  CHECK(reporter.keep_going());
  const auto error = thrown_by([&] { reporter.begin(Stage::measure); });
  CHECK(error.code == vqi::ErrorCode::cancelled);
  CHECK(error.message == "stopped while measuring the distortion");
  CHECK_FALSE(reporter.keep_going());
  reporter.report(0.5);
  CHECK(thrown_by([&] { reporter.poll(); }).code == vqi::ErrorCode::cancelled);
  CHECK(thrown_by([&] { reporter.throw_if_cancelled(); }).code == vqi::ErrorCode::cancelled);
  CHECK(calls == 1);
}

TEST_CASE("what a callback throws comes out as it is, from every thread that asks, and ends its calls") {
  struct Own {
    int number;
  };
  int calls = 0;
  const vqi::ProgressCallback callback = [&](const Progress&) -> bool { throw Own{++calls}; };
  vqi::detail::ProgressReporter reporter(callback);
  const auto number_of = [](const auto& work) {
    try {
      work();
    } catch (const Own& own) {
      return own.number;
    }
    return 0;
  };
  CHECK(number_of([&] { reporter.begin(Stage::train); }) == 1);
  CHECK_FALSE(reporter.keep_going());
  CHECK(number_of([&] { reporter.poll(); }) == 1);
  CHECK(number_of([&] { reporter.throw_if_cancelled(); }) == 1);
  CHECK_NOTHROW(reporter.report(0.5));
  CHECK(calls == 1);
  const vqi::ProgressCallback with_error = [](const Progress&) -> bool {
    throw vqi::Error(vqi::ErrorCode::truncated, "of the caller", 5);
  };
  const auto error = thrown_by([&] { vqi::detail::ProgressReporter(with_error).begin(Stage::train); });
  CHECK(error.code == vqi::ErrorCode::truncated);
  CHECK(error.message == "of the caller");
}

TEST_CASE("the words of a cancelled call fit each call that has the stage") {
  const vqi::ProgressCallback refuse = [](const Progress&) { return false; };
  const auto message = [&](Stage stage) {
    return thrown_by([&] { vqi::detail::ProgressReporter(refuse).begin(stage); }).message;
  };
  CHECK(message(Stage::train) == "stopped while training");          // of codebooks, and of clusters of any data
  CHECK(message(Stage::search) == "stopped while searching for K");  // by a target or the gap statistic
}

TEST_CASE("without a callback everything goes on") {
  const vqi::ProgressCallback none;
  vqi::detail::ProgressReporter reporter(none);
  reporter.begin(Stage::read);
  reporter.report(0.5);
  CHECK_NOTHROW(reporter.poll());
  CHECK(reporter.keep_going());
}

TEST_CASE("threads that report at once never call back at once") {
  std::atomic<int> inside{0};
  std::atomic<bool> met{false};
  const vqi::ProgressCallback callback = [&](const Progress&) {
    if (++inside > 1) met = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    --inside;
    return true;
  };
  vqi::detail::ProgressReporter reporter(callback);
  reporter.begin(Stage::train);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 30; ++i) {
        reporter.report(i / 30.0);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK_FALSE(met);
}
