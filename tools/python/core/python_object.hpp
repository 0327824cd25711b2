// References to Python objects, and the way from C++ exceptions to Python's.
#pragma once

// Before any other header, as Python asks. PY_SSIZE_T_CLEAN: lengths in formats are Py_ssize_t.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "vqi.h"

namespace vqi::python {

/// Python's own error is set; whoever catches it returns to Python at once.
struct PythonError {};

/// A call of vqi.h that failed, with what the thread that called was told.
struct StatusError {
  vqi_status status;
  std::string message;
  std::optional<std::uint64_t> offset;
};

/// Throws StatusError unless `status` is VQI_OK. To be called by the thread that got it.
void check(vqi_status status);

struct Decref {
  void operator()(PyObject* object) const noexcept { Py_DECREF(object); }
};

/// Owns a reference.
using Ref = std::unique_ptr<PyObject, Decref>;

/// The new reference that a call of Python returned. Throws PythonError for null.
inline Ref owned(PyObject* object) {
  if (object == nullptr) throw PythonError{};
  return Ref(object);
}

/// Throws PythonError if a call of Python failed.
inline void need_success(bool success) {
  if (!success) throw PythonError{};
}

/// Sets Python's error to vqi.Error(code, message, offset).
void set_error(const char* code, const std::string& message, std::optional<std::uint64_t> offset = {});

/// Sets Python's error to what is being handled. To be called in a catch block.
void set_error_from_exception() noexcept;

/// What make() returns, or null with Python's error set.
template <typename Make>
PyObject* guarded(const Make& make) noexcept {
  try {
    return make().release();
  } catch (...) {
    set_error_from_exception();
    return nullptr;
  }
}

}  // namespace vqi::python
