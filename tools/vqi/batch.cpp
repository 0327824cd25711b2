// Works on several inputs at once and tells of them in the order in which they were named.
#include "batch.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "failure.hpp"
#include "json_report.hpp"
#include "names.hpp"
#include "plain_text.hpp"
#include "signals.hpp"

namespace vqi::tool {
namespace {

Outcome outcome_of(const Failure& failure, bool json) {
  Outcome outcome;
  outcome.err = failure_line(failure);
  if (json) outcome.out = json_line(failure);
  outcome.exit_code = exit_code(error_class(failure.code));
  return outcome;
}

/// The inputs of one command, taken one after the other by the workers.
class Batch {
 public:
  Batch(const std::vector<std::string>& inputs, const BatchOptions& options, Console& console,
        const std::function<Outcome(std::size_t, const JobContext&)>& job)
      : inputs_(inputs), options_(options), console_(console), job_(job), outcomes_(inputs.size()) {
    const std::size_t threads =
        options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
    worker_count_ = std::min(threads, inputs.size());
    threads_per_job_ = static_cast<std::uint32_t>(threads / std::max<std::size_t>(1, worker_count_));
  }

  int run() {
    if (worker_count_ <= 1) return run_in_this_thread();
    // A worker ends once no input is left; joined when `workers` dies, also if printing throws.
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
  int run_in_this_thread() {
    int highest = exit_done;
    for (std::size_t index = 0; index < inputs_.size(); ++index) highest = std::max(highest, print(run_one(index)));
    return highest;
  }

  void work() {
    for (std::size_t index = next_++; index < inputs_.size(); index = next_++) {
      Outcome outcome = run_one(index);
      const std::lock_guard lock(mutex_);
      outcomes_[index] = std::move(outcome);
      ready_.notify_one();
    }
  }

  Outcome run_one(std::size_t index) {
    const std::string& input = inputs_[index];
    try {
      const JobContext context(console_, abandoned_, label(index), threads_per_job_);
      if (stop_signal() != 0 || abandoned_) {
        return outcome_of({ErrorCode::cancelled, "stopped before it was begun", input, std::nullopt}, options_.json);
      }
      return job_(index, context);
    } catch (...) {
      return failed_outcome(std::current_exception(), input, options_.json);
    }
  }

  std::string label(std::size_t index) const {
    if (inputs_.size() == 1) return inputs_[index];
    return std::to_string(index + 1) + " of " + std::to_string(inputs_.size()) + ": " + inputs_[index];
  }

  int print_in_order() {
    int highest = exit_done;
    for (std::size_t index = 0; index < inputs_.size(); ++index) {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [&] { return outcomes_[index].has_value(); });
      const Outcome outcome = std::move(*outcomes_[index]);
      lock.unlock();
      highest = std::max(highest, print(outcome));
    }
    return highest;
  }

  int print(const Outcome& outcome) {
    // A person reads once that the work was stopped, not for every input that waited.
    const bool stopped = outcome.exit_code > 128;
    if (!outcome.err.empty() && !(stopped && stop_told_)) console_.print_error(outcome.err);
    stop_told_ = stop_told_ || stopped;
    if (!outcome.out.empty()) console_.print(outcome.out);
    return outcome.exit_code;
  }

  const std::vector<std::string>& inputs_;
  const BatchOptions& options_;
  Console& console_;
  const std::function<Outcome(std::size_t, const JobContext&)>& job_;
  std::size_t worker_count_ = 1;
  std::uint32_t threads_per_job_ = 1;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> abandoned_{false};
  bool stop_told_ = false;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::vector<std::optional<Outcome>> outcomes_;
};

}  // namespace

Outcome failed_outcome(const std::exception_ptr& exception, const std::string& input, bool json) {
  return outcome_of(to_failure(exception, input), json);
}

ProgressCallback JobContext::progress() const {
  return [this](const Progress& progress) {
    const int percent = static_cast<int>(100 * std::clamp(progress.fraction, 0.0, 1.0));
    console_.show_progress(std::string(stage_name(progress.stage)) + " " + std::to_string(percent) + " %  " + label_);
    return !stop_asked();
  };
}

void JobContext::stop_if_asked(const std::string& doing) const {
  if (stop_asked()) throw Error(ErrorCode::cancelled, "stopped while " + doing);
}

bool JobContext::stop_asked() const noexcept { return stop_signal() != 0 || abandoned_; }

int run_batch(const std::vector<std::string>& inputs, const BatchOptions& options, Console& console,
              const std::function<Outcome(std::size_t index, const JobContext&)>& job) {
  return Batch(inputs, options, console, job).run();
}

}  // namespace vqi::tool
