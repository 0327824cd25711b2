// Runs jobs on worker threads, while the calling thread prints their outcomes.
#include "batch.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>

#include "batch_summary.hpp"
#include "failure.hpp"
#include "file_descriptor.hpp"
#include "json_report.hpp"
#include "plain_text.hpp"
#include "signals.hpp"
#include "stopwatch.hpp"

namespace vqi::tool {
namespace {

Outcome outcome_of(const Failure& failure, bool json) {
  Outcome outcome;
  outcome.err = failure_line(failure);
  if (json) outcome.out = json_line(failure);
  outcome.exit_code = exit_code(error_class(failure.code));
  return outcome;
}

/// Wakes the printing thread when a job has ended or a signal has arrived.
class Bell {
 public:
  Bell() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (!event_.valid()) throw Error(ErrorCode::io_failed, "cannot create an event (" + system_words(errno) + ")");
  }

  void ring() const noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(event_.get(), &one, sizeof one);
  }

  /// Waits for a ring. With negative `milliseconds` the first signal ends the wait too, else the timeout does.
  void wait(int milliseconds) const noexcept {
    std::array<pollfd, 2> watched{pollfd{event_.get(), POLLIN, 0}, pollfd{stop_descriptor(), POLLIN, 0}};
    ::poll(watched.data(), milliseconds < 0 ? 2 : 1, milliseconds);
    std::uint64_t rings = 0;
    [[maybe_unused]] const auto count = ::read(event_.get(), &rings, sizeof rings);
  }

 private:
  FileDescriptor event_;
};

/// The inputs of one command. Each worker takes the next input that no worker has taken.
class Batch {
 public:
  Batch(const std::vector<std::string>& inputs, const BatchOptions& options, Console& console,
        const std::function<Outcome(std::size_t, const JobContext&)>& job)
      : inputs_(inputs),
        options_(options),
        console_(console),
        job_(job),
        memory_(options.max_memory_bytes),
        own_progress_(inputs),
        progress_(options.whole != nullptr ? *options.whole : own_progress_),
        outcomes_(inputs.size()) {
    const std::size_t threads =
        options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
    worker_count_ = std::min(threads, inputs.size());
    threads_per_job_ = static_cast<std::uint32_t>(threads / std::max<std::size_t>(1, worker_count_));
  }

  int run() {
    // Workers end when no input is left. The destructor of `workers` joins them, even if printing throws.
    std::vector<std::jthread> workers;
    workers.reserve(worker_count_);
    for (std::size_t worker = 0; worker < worker_count_; ++worker) workers.emplace_back([this] { work(); });
    try {
      return print_in_order();
    } catch (...) {
      abandoned_ = true;
      throw;
    }
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds grace{60};  // for jobs to end after a signal; see run_batch

  void work() {
    for (std::size_t index = next_++; index < inputs_.size(); index = next_++) {
      Outcome outcome = run_one(index);
      progress_.note(options_.place + index, 1);
      {
        const std::lock_guard lock(mutex_);
        outcomes_[index] = std::move(outcome);
      }
      bell_.ring();
    }
  }

  Outcome run_one(std::size_t index) {
    const std::string& input = inputs_[index];
    try {
      const std::size_t place = options_.place + index;
      const JobContext context(console_, memory_, abandoned_, progress_, place, label(input, place), threads_per_job_);
      if (stop_signal() != 0 || abandoned_) {
        return outcome_of({ErrorCode::cancelled, "stopped before it was begun", input, std::nullopt}, options_.json);
      }
      return job_(index, context);
    } catch (...) {
      return failed_outcome(std::current_exception(), input, options_.json);
    }
  }

  std::string label(const std::string& input, std::size_t place) const {
    if (progress_.input_count() == 1) return input;
    return std::to_string(place + 1) + " of " + std::to_string(progress_.input_count()) + ": " + input;
  }

  int print_in_order() {
    for (std::size_t index = 0; index < inputs_.size(); ++index) {
      const std::optional<Outcome> outcome = wait_for_outcome(index);
      if (!outcome) end_without_waiting(index);
      print(*outcome);
    }
    print_summary();
    return highest_exit_code_;
  }

  /// Waits for the outcome. Returns none if a signal asked to stop and the job did not end within the grace.
  std::optional<Outcome> wait_for_outcome(std::size_t index) {
    while (true) {
      if (std::optional<Outcome> outcome = take_outcome(index)) return outcome;
      if (stop_signal() == 0) {
        bell_.wait(-1);
        continue;
      }
      if (!deadline_) {
        console_.end_progress();
        deadline_ = Clock::now() + grace;
      }
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline_ - Clock::now());
      if (left.count() <= 0) return std::nullopt;
      bell_.wait(static_cast<int>(left.count()));
    }
  }

  std::optional<Outcome> take_outcome(std::size_t index) {
    const std::lock_guard lock(mutex_);
    return std::exchange(outcomes_[index], std::nullopt);
  }

  /// Prints outcomes from input `first` on, and ends the program while jobs are still running.
  [[noreturn]] void end_without_waiting(std::size_t first) {
    for (std::size_t index = first; index < inputs_.size(); ++index) {
      const std::optional<Outcome> outcome = take_outcome(index);
      print(outcome ? *outcome
                    : outcome_of({ErrorCode::cancelled, "stopped", inputs_[index], std::nullopt}, options_.json));
    }
    print_summary();
    if (options_.before_end) options_.before_end();
    console_.end_progress();
    end_at_once(highest_exit_code_);
  }

  void print(const Outcome& outcome) {
    // People read only once that the work was stopped, not again for every input that waited.
    const bool stopped = outcome.exit_code > exit_signal_base;
    if (!outcome.err.empty() && !(stopped && stop_told_)) console_.print_error(outcome.err);
    stop_told_ = stop_told_ || stopped;
    if (!outcome.out.empty()) console_.print(outcome.out);
    highest_exit_code_ = std::max(highest_exit_code_, outcome.exit_code);
    summary_.add(outcome);
  }

  void print_summary() {
    if (options_.summary && inputs_.size() > 1) console_.print_error(summary_.line());
  }

  const std::vector<std::string>& inputs_;
  const BatchOptions& options_;
  Console& console_;
  const std::function<Outcome(std::size_t, const JobContext&)>& job_;
  MemoryBudget memory_;
  BatchProgress own_progress_;
  BatchProgress& progress_;
  std::size_t worker_count_ = 1;
  std::uint32_t threads_per_job_ = 1;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> abandoned_{false};
  std::mutex mutex_;
  std::vector<std::optional<Outcome>> outcomes_;  // guarded by `mutex_`; emptied when printed
  Bell bell_;

  // Used by the printing thread only.
  std::optional<Clock::time_point> deadline_;
  bool stop_told_ = false;
  int highest_exit_code_ = exit_done;
  BatchSummary summary_;
};

}  // namespace

Outcome failed_outcome(const std::exception_ptr& exception, const std::string& input, bool json) {
  return outcome_of(to_failure(exception, input), json);
}

ProgressCallback JobContext::progress(const StageShares& shares, std::uint64_t pixels) const {
  return [this, shares, pixels, watch = Stopwatch()](const Progress& progress) {
    ProgressFacts facts{watch.total_seconds(), pixels, std::nullopt, batch_.seconds()};
    // Reading and writing image files is little beside the work between them.
    const bool counts = progress.stage != Stage::read && (progress.stage != Stage::write || shares.write > 0);
    const double all_done = batch_.note(index_, counts ? overall_fraction(progress, shares) : 0);
    if (batch_.input_count() > 1) facts.batch_fraction = all_done;
    console_.show_progress(progress_text(progress, facts, label_, shares));
    return !stop_asked();
  };
}

ProgressCallback JobContext::keep_going() const {
  return [this](const Progress&) { return !stop_asked(); };
}

void JobContext::stop_if_asked(const std::string& doing) const {
  if (stop_asked()) throw Error(ErrorCode::cancelled, "stopped while " + doing);
}

MemoryBudget::Share JobContext::reserve_memory(std::uint64_t bytes) const {
  MemoryBudget::Share share = memory_.take(bytes, [this] { return stop_asked(); });
  stop_if_asked("waiting for memory");
  return share;
}

bool JobContext::stop_asked() const noexcept { return stop_signal() != 0 || abandoned_; }

int run_batch(const std::vector<std::string>& inputs, const BatchOptions& options, Console& console,
              const std::function<Outcome(std::size_t index, const JobContext&)>& job) {
  return Batch(inputs, options, console, job).run();
}

}  // namespace vqi::tool
