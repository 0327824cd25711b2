// Batches: outcomes in the order of the inputs, failures that stop nobody else, and threads that are shared out.
#include "batch.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "captured_output.hpp"
#include "vqi/error.hpp"

using namespace vqi::tool;
using Inputs = std::vector<std::string>;

namespace {

struct Printed {
  int exit_code = 0;
  std::string out;
  std::string err;
};

/// Runs a batch, without progress.
template <typename Job>
Printed run(const Inputs& inputs, const BatchOptions& options, const Job& job) {
  Printed printed;
  const auto [out, err] = vqi::test::captured_output([&] {
    Console console(false);
    printed.exit_code = run_batch(inputs, options, console, job);
  });
  printed.out = out;
  printed.err = err;
  return printed;
}

BatchOptions options_of(std::uint32_t threads, bool summary = false) { return {threads, false, summary, 1 << 30}; }

}  // namespace

TEST_CASE("outcomes are printed in the order of the inputs, whichever job of several threads ends first") {
  const Inputs inputs{"a", "b", "c", "d", "e"};
  for (const std::uint32_t threads : {1U, 3U}) {
    const Printed printed = run(inputs, options_of(threads), [&](std::size_t index, const JobContext&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2 * (5 - index)));
      return Outcome{inputs[index] + "\n", "", exit_done, false, 0, 0};
    });
    CHECK(printed.exit_code == exit_done);
    CHECK(printed.out == "a\nb\nc\nd\ne\n");
    CHECK(printed.err.empty());
  }
}

TEST_CASE("a job that throws fails its input alone, and the highest exit code is the batch's") {
  const Printed printed =
      run({"a", "b", "c"}, options_of(2, true), [](std::size_t index, const JobContext&) -> Outcome {
        if (index == 0) throw vqi::Error(vqi::ErrorCode::checksum_mismatch, "words of the fault");
        if (index == 1) throw std::bad_alloc();
        return {"done\n", "", exit_done, false, 10, 5};
      });
  CHECK(printed.exit_code >= exit_bad_data);
  CHECK(printed.out == "done\n");
  CHECK(printed.err.find("words of the fault") != std::string::npos);
  CHECK(printed.err.find("1 done, 2 failed") != std::string::npos);
}

TEST_CASE("one input is told without a summary, and none is nothing") {
  const auto job = [](std::size_t, const JobContext&) { return Outcome{"x", "", exit_done, false, 0, 0}; };
  CHECK(run({"a"}, options_of(2, true), job).err.empty());
  CHECK(run({}, options_of(2, true), job).out.empty());
  CHECK(run({}, options_of(2, true), job).exit_code == exit_done);
}

TEST_CASE("jobs share the threads out, at least one for each") {
  for (const auto& [threads, count, each] :
       {std::tuple{8U, std::size_t{2}, 4U}, {2U, std::size_t{3}, 1U}, {5U, std::size_t{1}, 5U}}) {
    std::atomic<bool> as_wanted{true};
    static_cast<void>(
        run(Inputs(count, "x"), options_of(threads), [&, each = each](std::size_t, const JobContext& job) {
          if (job.threads() != each) as_wanted = false;
          return Outcome{};
        }));
    CHECK(as_wanted);
  }
}

TEST_CASE("failures are told to programs as JSON as well, on standard output") {
  BatchOptions options = options_of(1);
  options.json = true;
  const Printed printed = run({"a"}, options, [](std::size_t, const JobContext&) -> Outcome {
    throw vqi::Error(vqi::ErrorCode::truncated, "too short", 12);
  });
  CHECK(printed.exit_code == exit_bad_data);
  CHECK(printed.out.find("\"truncated\"") != std::string::npos);
  CHECK(printed.out.back() == '\n');
}
