// BlockingCall: long work without the interpreter's lock, which tells its progress and can be interrupted.
#pragma once

#include <atomic>
#include <exception>
#include <functional>

#include "python_object.hpp"

namespace vqi::python {

class BlockingCall {
 public:
  /// `progress` is None or is called as progress(stage, fraction); False from it stops the work. Borrowed.
  explicit BlockingCall(PyObject* progress);
  BlockingCall(const BlockingCall&) = delete;
  BlockingCall& operator=(const BlockingCall&) = delete;
  ~BlockingCall();

  /// Runs work() while other threads of Python run, and returns when it is done. On Python's main thread the work gets
  /// a thread of its own, and this one handles signals: an exception of a handler, as Ctrl-C is, stops the work.
  /// Throws what work() throws, and PythonError if a handler or `progress` raised.
  void run(const std::function<void()>& work);

  /// Whether the work shall go on, having told `progress`. From any thread, without the lock.
  bool tell(const char* stage, double fraction) noexcept;

  /// Calls ask() with the interpreter's lock, and keeps what Python raises there (PythonError): then, and where the
  /// work shall stop, the result is false. From any thread, without the lock.
  bool with_lock(const std::function<void()>& ask) noexcept;

 private:
  void run_apart(const std::function<void()>& work);
  void keep_python_error() noexcept;

  PyObject* progress_;
  std::atomic<bool> stop_{false};
  // What Python raised; only touched by who has the interpreter's lock.
  PyObject* type_ = nullptr;
  PyObject* value_ = nullptr;
  PyObject* traceback_ = nullptr;
};

}  // namespace vqi::python
