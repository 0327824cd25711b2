// BatchProgress: how much of the work on several inputs is done, weighed by the sizes of their files.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "stopwatch.hpp"

namespace vqi::tool {

/// May be used from several threads. Time starts with the object.
class BatchProgress {
 public:
  /// `inputs` are names of files, of which each that exists counts by its bytes.
  explicit BatchProgress(const std::vector<std::string>& inputs);

  [[nodiscard]] std::size_t input_count() const noexcept { return weights_.size(); }
  /// Notes how much of input `index` is done, 0..1, and returns the same of all inputs. A part that was noted before
  /// is never taken back.
  double note(std::size_t index, double fraction);
  [[nodiscard]] double seconds() const { return watch_.total_seconds(); }

 private:
  Stopwatch watch_;
  std::vector<double> weights_;
  double total_weight_ = 0;
  std::mutex mutex_;
  std::vector<double> done_;  // of each input; guarded by `mutex_`
};

}  // namespace vqi::tool
