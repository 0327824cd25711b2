// Lazy: a value that is made when it is first asked for, by whichever thread asks.
#pragma once

#include <mutex>
#include <optional>

namespace vqi::detail {

/// Threads that ask meanwhile wait. Making may run tasks on a ThreadPool: what waits for them takes
/// up no other work, so that no thread meets itself here.
template <typename Value>
class Lazy {
 public:
  /// The value, the result of make() of the first call. If make() throws, the next call tries again.
  template <typename Make>
  const Value& get(const Make& make) const {
    std::call_once(made_, [&] { value_.emplace(make()); });
    return *value_;
  }

 private:
  mutable std::once_flag made_;
  mutable std::optional<Value> value_;
};

}  // namespace vqi::detail
