// Works on several inputs at once and tells of them in the order in which they were named.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "console.hpp"
#include "exit_code.hpp"
#include "memory_budget.hpp"
#include "progress_text.hpp"
#include "vqi/run_options.hpp"

namespace vqi::tool {

/// What one input leaves to print, and to count.
struct Outcome {
  std::string out;  ///< for standard output
  std::string err;  ///< for standard error
  int exit_code = exit_done;
  bool skipped = false;  ///< done, but nothing was written
  std::uint64_t input_bytes = 0;
  std::uint64_t output_bytes = 0;
};

/// The outcome of an input whose work ended in `exception`.
[[nodiscard]] Outcome failed_outcome(const std::exception_ptr& exception, const std::string& input, bool json);

/// What a job needs to know of the batch that it is part of.
class JobContext {
 public:
  JobContext(Console& console, MemoryBudget& memory, const std::atomic<bool>& abandoned, std::string label,
             std::uint32_t threads)
      : console_(console), memory_(memory), abandoned_(abandoned), label_(std::move(label)), threads_(threads) {}

  /// Threads that this job may use, at least 1.
  [[nodiscard]] std::uint32_t threads() const noexcept { return threads_; }
  /// For the options of the library: shows progress, and stops the work once a signal asks for it.
  [[nodiscard]] ProgressCallback progress(const StageShares& shares = {}) const;
  /// As above, without showing anything.
  [[nodiscard]] ProgressCallback keep_going() const;
  /// Throws Error{cancelled} once a signal asks to stop. `doing` such as "measuring".
  void stop_if_asked(const std::string& doing) const;
  /// Waits until the jobs at work leave room for `bytes`; to be called once in a job, before it takes
  /// that memory, which the returned object stands for. Throws Error{cancelled}.
  [[nodiscard]] MemoryBudget::Share reserve_memory(std::uint64_t bytes) const;

 private:
  [[nodiscard]] bool stop_asked() const noexcept;

  Console& console_;
  MemoryBudget& memory_;
  const std::atomic<bool>& abandoned_;
  std::string label_;
  std::uint32_t threads_;
};

struct BatchOptions {
  std::uint32_t threads = 0;  ///< 0: as many as the machine has
  bool json = false;
  bool summary = false;                ///< a last line on standard error, if there are several inputs
  std::uint64_t max_memory_bytes = 0;  ///< that the jobs at work may take together
};

/// Runs `job` for each input, as many at once as there are threads and memory allows, and prints the
/// outcomes in order. A job that throws becomes a failure of its input and does not stop the others.
/// Returns the highest exit code. Throws Error{io_failed} if standard output cannot be written to.
///
/// When a signal asks to stop, jobs have 60 milliseconds to do so, after which the program ends
/// without them: not all that they call, such as decoders of other libraries, can be told to stop.
[[nodiscard]] int run_batch(const std::vector<std::string>& inputs, const BatchOptions& options, Console& console,
                            const std::function<Outcome(std::size_t index, const JobContext&)>& job);

}  // namespace vqi::tool
