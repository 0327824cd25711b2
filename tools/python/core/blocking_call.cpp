// The thread that works, the one that waits for signals, and exceptions that cross from one to the other.
#include "blocking_call.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace vqi::python {
namespace {

/// How often signals are looked for: often enough that a Ctrl-C is answered within a fifth of a second.
constexpr std::chrono::milliseconds signal_interval{20};

/// Only Python's main thread runs signal handlers.
bool is_main_thread() {
  const Ref threading = owned(PyImport_ImportModule("threading"));
  const Ref main = owned(PyObject_CallMethod(threading.get(), "main_thread", nullptr));
  const Ref ident = owned(PyObject_GetAttrString(main.get(), "ident"));
  const unsigned long number = PyLong_AsUnsignedLong(ident.get());
  need_success(PyErr_Occurred() == nullptr);
  return number == PyThread_get_thread_ident();
}

/// Gives the interpreter's lock away while it lives.
class Unlocked {
 public:
  Unlocked() : state_(PyEval_SaveThread()) {}
  Unlocked(const Unlocked&) = delete;
  Unlocked& operator=(const Unlocked&) = delete;
  ~Unlocked() { PyEval_RestoreThread(state_); }

 private:
  PyThreadState* state_;
};

}  // namespace

BlockingCall::BlockingCall(PyObject* progress) : progress_(progress) {
  if (progress == Py_None || PyCallable_Check(progress) != 0) return;
  PyErr_SetString(PyExc_TypeError, "progress must be callable: progress(stage, fraction)");
  throw PythonError{};
}

BlockingCall::~BlockingCall() {
  Py_XDECREF(type_);
  Py_XDECREF(value_);
  Py_XDECREF(traceback_);
}

void BlockingCall::keep_python_error() noexcept {
  if (type_ == nullptr)
    PyErr_Fetch(&type_, &value_, &traceback_);
  else
    PyErr_Clear();  // the first one counts
  stop_ = true;
}

bool BlockingCall::tell(const char* stage, double fraction) noexcept {
  if (stop_) return false;
  if (progress_ == Py_None) return true;
  const PyGILState_STATE state = PyGILState_Ensure();
  const Ref answer(PyObject_CallFunction(progress_, "sd", stage, fraction));
  if (!answer) keep_python_error();
  if (answer.get() == Py_False) stop_ = true;
  PyGILState_Release(state);
  return !stop_;
}

bool BlockingCall::with_lock(const std::function<void()>& ask) noexcept {
  if (stop_) return false;
  const PyGILState_STATE state = PyGILState_Ensure();
  try {
    ask();
  } catch (...) {
    set_error_from_exception();
    keep_python_error();
  }
  PyGILState_Release(state);
  return !stop_;
}

void BlockingCall::run(const std::function<void()>& work) {
  std::exception_ptr failure;
  const auto kept = [&] {
    try {
      work();
    } catch (...) {
      failure = std::current_exception();
    }
  };
  if (is_main_thread()) {
    run_apart(kept);
  } else {
    const Unlocked unlocked;
    kept();
  }
  if (type_ != nullptr) {
    PyErr_Restore(type_, value_, traceback_);
    type_ = value_ = traceback_ = nullptr;
    throw PythonError{};
  }
  if (failure) std::rethrow_exception(failure);
}

void BlockingCall::run_apart(const std::function<void()>& work) {
  std::mutex mutex;
  std::condition_variable finished;
  bool done = false;
  std::thread worker([&] {
    work();
    const std::lock_guard lock(mutex);
    done = true;
    finished.notify_one();
  });
  for (bool waiting = true; waiting;) {
    {
      const Unlocked unlocked;
      std::unique_lock lock(mutex);
      waiting = !finished.wait_for(lock, signal_interval, [&] { return done; });
    }
    if (waiting && PyErr_CheckSignals() != 0) keep_python_error();
  }
  worker.join();
}

}  // namespace vqi::python
