// GrowingFile: an output that is put in place again and again while the work on it goes on, always whole.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "output_target.hpp"

namespace vqi::tool {

/// May be used from one thread at a time.
class GrowingFile {
 public:
  /// Checks the place, as OutputTarget does, and writes nothing yet.
  GrowingFile(const std::string& name, const OutputRules& rules);

  /// Writes what `text` returns, unless the last time is too short ago: writing takes at most a tenth of the time.
  /// Throws as OutputTarget::write does.
  void update(const std::function<std::string()>& text);
  /// Writes `text` at once, even after a signal asked to stop.
  void finish(const std::string& text);

 private:
  void put(const std::string& text);

  OutputTarget first_;
  OutputTarget later_;  ///< replaces what `first_` wrote
  bool written_ = false;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace vqi::tool
