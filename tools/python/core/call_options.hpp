// CallOptions: options of vqi.h, as a call of Python gives them.
#pragma once

#include "array_object.hpp"
#include "blocking_call.hpp"
#include "python_object.hpp"

namespace vqi::python {

class CallOptions {
 public:
  /// `pairs` is a sequence of (name, text); `codebook` the bytes of a .vqb file or None, `weights` an array or None;
  /// `progress` is told by `call`, which must live as long. Throws StatusError and PythonError.
  CallOptions(const char* command, PyObject* pairs, PyObject* codebook, PyObject* weights, BlockingCall& call);
  CallOptions(const CallOptions&) = delete;
  CallOptions& operator=(const CallOptions&) = delete;
  ~CallOptions() { vqi_options_free(options_); }

  [[nodiscard]] const vqi_options* get() const noexcept { return options_; }

 private:
  void set(PyObject* pairs);

  vqi_options* options_ = nullptr;
};

/// Owns a result.
struct FreeResult {
  void operator()(vqi_result* result) const noexcept { vqi_result_free(result); }
};
using Result = std::unique_ptr<vqi_result, FreeResult>;

/// Makes the call of vqi.h that returns a result, as make(&result). Throws StatusError and PythonError.
template <typename Make>
Result result_of(BlockingCall& call, const Make& make) {
  vqi_result* result = nullptr;
  call.run([&] { check(make(&result)); });
  return Result(result);
}

}  // namespace vqi::python
