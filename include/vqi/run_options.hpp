// RunOptions: threads, memory, progress and cancelling of one call. None of them changes a result.
#pragma once

#include <cstdint>
#include <functional>

namespace vqi {

/// What a call is doing, for `ProgressCallback`.
enum class Stage {
  train,    ///< finding distinct vectors and learning a codebook; in vqi::cluster all work
  assign,   ///< choosing the index of each vector
  encode,   ///< coding the indices and writing the stream
  measure,  ///< comparing two images; in an encode also verifying what was written
  decode,   ///< decoding strips
  sweep,    ///< all rows of sweep()
  search,   ///< looking for K: encode_to_target() up to the stream that it returns, image_gap()
  read,     ///< reading an image file
  write,    ///< writing an image file
};

/// How far a call is.
struct Progress {
  Stage stage = Stage::train;  ///< what is done
  double fraction = 0;         ///< of this stage, 0..1; an estimate
};

/// Called some ten times a second or more during long work, from whichever thread is at work but never from two at
/// once. Returning false stops the work soon after: the call then throws Error{cancelled}.
using ProgressCallback = std::function<bool(const Progress&)>;

/// How a call runs: the last argument of every call that may take long. Borrowed for the call.
struct RunOptions {
  /// At most this many work at once; 0: as many as the machine has; above 1024 counts as 1024. They are those of Intel
  /// TBB, which makes no more than the machine has unless the program allows it by a tbb::global_control of its own.
  std::uint32_t threads = 0;
  /// The most memory for what grows with the input; each call says what it counts. A call that would take more throws
  /// Error{limit_exceeded}, before the memory is taken.
  std::uint64_t max_memory_bytes = std::uint64_t{1} << 34;
  ProgressCallback progress{};  ///< may be empty
};

}  // namespace vqi
