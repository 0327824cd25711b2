// Works on several inputs at once and tells of them in the order in which they were named.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "console.hpp"
#include "exit_code.hpp"
#include "vqi/options.hpp"

namespace vqi::tool {

/// What one input leaves to print.
struct Outcome {
  std::string out;  ///< for standard output
  std::string err;  ///< for standard error
  int exit_code = exit_done;
};

/// The outcome of an input whose work ended in `exception`.
[[nodiscard]] Outcome failed_outcome(const std::exception_ptr& exception, const std::string& input, bool json);

/// What a job needs to know of the batch that it is part of.
class JobContext {
 public:
  JobContext(Console& console, const std::atomic<bool>& abandoned, std::string label, std::uint32_t threads)
      : console_(console), abandoned_(abandoned), label_(std::move(label)), threads_(threads) {}

  /// Threads that this job may use, at least 1.
  [[nodiscard]] std::uint32_t threads() const noexcept { return threads_; }
  /// For the options of the library: shows progress, and stops the work once a signal asks for it.
  [[nodiscard]] ProgressCallback progress() const;
  /// Throws Error{cancelled} once a signal asks to stop. `doing` such as "measuring".
  void stop_if_asked(const std::string& doing) const;

 private:
  [[nodiscard]] bool stop_asked() const noexcept;

  Console& console_;
  const std::atomic<bool>& abandoned_;
  std::string label_;
  std::uint32_t threads_;
};

struct BatchOptions {
  std::uint32_t threads = 0;  ///< 0: as many as the machine has
  bool json = false;
};

/// Runs `job` for each input, as many at once as there are threads, and prints the outcomes in
/// order. A job that throws becomes a failure of its input and does not stop the others. Returns the
/// highest exit code. Throws Error{io_failed} if standard output cannot be written to.
[[nodiscard]] int run_batch(const std::vector<std::string>& inputs, const BatchOptions& options, Console& console,
                            const std::function<Outcome(std::size_t index, const JobContext&)>& job);

}  // namespace vqi::tool
