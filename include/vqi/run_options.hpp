// RunOptions: threads, memory, progress and cancelling of one call. None of them changes a result.
#pragma once

#include <cstdint>
#include <functional>

namespace vqi {

/// What a call is doing, for `ProgressCallback`.
enum class Stage { train, assign, encode, measure, decode, sweep, search, read, write };

struct Progress {
  Stage stage = Stage::train;
  double fraction = 0;  ///< of this stage, 0..1; an estimate
};

/// Called now and then during long work, from whichever thread is at work but never from two at
/// once. Returning false stops the work soon after: the call then throws Error{cancelled}.
using ProgressCallback = std::function<bool(const Progress&)>;

/// How a call runs: the last argument of every call that may take long. Borrowed for the call.
struct RunOptions {
  std::uint32_t threads = 0;  ///< that work at once, at the most; 0: as many as the machine has
  /// For what grows with the input; each call says what it counts. A call that would pass it throws
  /// Error{limit_exceeded}, before the memory is taken.
  std::uint64_t max_memory_bytes = std::uint64_t{1} << 34;
  ProgressCallback progress{};  ///< may be empty
};

}  // namespace vqi
