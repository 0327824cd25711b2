// KeptException: carries an exception past frames of a library in C.
#pragma once

#include <exception>
#include <utility>

namespace vqi::detail {

/// Keeps what a callback throws while a library in C runs, which no exception may pass.
class KeptException {
 public:
  /// False if `call` throws.
  template <typename Call>
  [[nodiscard]] bool run(const Call& call) noexcept {
    try {
      call();
      return true;
    } catch (...) {
      kept_ = std::current_exception();
      return false;
    }
  }
  /// Throws what was kept, once.
  void rethrow() {
    if (kept_) std::rethrow_exception(std::exchange(kept_, nullptr));
  }

 private:
  std::exception_ptr kept_;
};

}  // namespace vqi::detail
