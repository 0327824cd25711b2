// Lazy: a value that is made when it is first asked for, by whichever thread asks.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>

namespace vqi::detail {

/// Threads that ask meanwhile wait. Making may run tasks on a ThreadPool: a thread that waits for them takes
/// up no other work, so that no thread waits here for itself.
template <typename Value>
class Lazy {
 public:
  /// The value, the result of make() of the first call. If make() throws, the next call tries again.
  template <typename Make>
  const Value& get(const Make& make) const {
    // Not std::call_once: its helpers would be exported from what links the static library.
    if (!made_.load(std::memory_order_acquire)) {
      const std::lock_guard lock(mutex_);
      if (!made_.load(std::memory_order_relaxed)) {
        value_.emplace(make());
        made_.store(true, std::memory_order_release);
      }
    }
    return *value_;
  }

 private:
  mutable std::mutex mutex_;
  mutable std::atomic<bool> made_{false};
  mutable std::optional<Value> value_;
};

}  // namespace vqi::detail
