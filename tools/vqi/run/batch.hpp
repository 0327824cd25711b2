// Runs one job for each input, several at once, and prints the outcomes in the order of the inputs.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "batch_progress.hpp"
#include "console.hpp"
#include "exit_code.hpp"
#include "memory_budget.hpp"
#include "progress_text.hpp"
#include "vqi/run_options.hpp"

namespace vqi::tool {

/// What to print for one finished input, and what the summary counts.
struct Outcome {
  std::string out;  ///< for standard output
  std::string err;  ///< for standard error
  int exit_code = exit_done;
  bool skipped = false;  ///< successful, but no output was written
  std::uint64_t input_bytes = 0;
  std::uint64_t output_bytes = 0;
};

/// The outcome of an input whose job threw `exception`.
[[nodiscard]] Outcome failed_outcome(const std::exception_ptr& exception, const std::string& input, bool json);

/// Gives a job its share of threads and memory, its progress line, and the request to stop.
class JobContext {
 public:
  /// `index` is the input's place in `batch`.
  JobContext(Console& console, MemoryBudget& memory, const std::atomic<bool>& abandoned, BatchProgress& batch,
             std::size_t index, std::string label, std::uint32_t threads)
      : console_(console),
        memory_(memory),
        abandoned_(abandoned),
        batch_(batch),
        index_(index),
        label_(std::move(label)),
        threads_(threads) {}

  /// Threads that this job may use, at least 1.
  [[nodiscard]] std::uint32_t threads() const noexcept { return threads_; }
  /// A callback for the library: shows progress, and cancels the work once a signal asks to stop. It must not outlive
  /// this object. `pixels`, if not 0, are those of the image, for a rate.
  [[nodiscard]] ProgressCallback progress(const StageShares& shares = {}, std::uint64_t pixels = 0) const;
  /// The same callback without the progress line.
  [[nodiscard]] ProgressCallback keep_going() const;
  /// Throws Error{cancelled} once a signal asks to stop. `doing` names the activity, such as "measuring".
  void stop_if_asked(const std::string& doing) const;
  /// Waits until the running jobs leave room for `bytes`, which stay reserved while the returned object lives. A job
  /// may call this once, before it allocates. Throws Error{cancelled}.
  [[nodiscard]] MemoryBudget::Share reserve_memory(std::uint64_t bytes) const;

 private:
  [[nodiscard]] bool stop_asked() const noexcept;

  Console& console_;
  MemoryBudget& memory_;
  const std::atomic<bool>& abandoned_;
  BatchProgress& batch_;
  std::size_t index_;
  std::string label_;
  std::uint32_t threads_;
};

struct BatchOptions {
  std::uint32_t threads = 0;  ///< 0: one for each core
  bool json = false;
  bool summary = false;                ///< print a last line on standard error if there are several inputs
  std::uint64_t max_memory_bytes = 0;  ///< that all running jobs together may take
  /// Of a larger batch, whose inputs are run one by one: its progress, and the place in it of the first input here.
  BatchProgress* whole = nullptr;
  std::size_t place = 0;
  std::function<void()> before_end{};  ///< called before the program exits without waiting for jobs
};

/// Runs `job` for each input and prints the outcomes in order. As many jobs run at once as threads and memory allow. If
/// a job throws, its input has failed and the other jobs go on. Returns the highest exit code. Throws Error{io_failed}
/// if standard output cannot be written to.
///
/// When a signal asks to stop, jobs get 60 milliseconds to end; then the program exits without waiting for them,
/// because some calls, such as decoders of other libraries, cannot be interrupted.
[[nodiscard]] int run_batch(const std::vector<std::string>& inputs, const BatchOptions& options, Console& console,
                            const std::function<Outcome(std::size_t index, const JobContext&)>& job);

}  // namespace vqi::tool
