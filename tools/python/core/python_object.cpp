// Errors of the library as exceptions of Python.
#include "python_object.hpp"

#include <exception>
#include <new>

#include "vqi/error.hpp"

namespace vqi::python {

void check(vqi_status status) {
  if (status == VQI_OK) return;
  std::uint64_t offset = 0;
  const bool has_offset = vqi_error_offset(&offset) != 0;
  throw StatusError{status, vqi_error_message(), has_offset ? std::optional(offset) : std::nullopt};
}

void set_error(const char* code, const std::string& message, std::optional<std::uint64_t> offset) {
  const Ref module(PyImport_ImportModule("vqi._error"));
  const Ref type(module ? PyObject_GetAttrString(module.get(), "Error") : nullptr);
  if (!type) return;
  const Ref place(offset ? PyLong_FromUnsignedLongLong(*offset) : Py_NewRef(Py_None));
  if (!place) return;
  const Ref error(PyObject_CallFunction(type.get(), "ssO", code, message.c_str(), place.get()));
  if (error) PyErr_SetObject(type.get(), error.get());
}

void set_error_from_exception() noexcept {
  try {
    throw;
  } catch (const PythonError&) {  // which is set
  } catch (const StatusError& failure) {
    if (failure.status == VQI_OUT_OF_MEMORY)
      PyErr_SetString(PyExc_MemoryError, failure.message.c_str());
    else
      set_error(vqi_status_name(failure.status), failure.message, failure.offset);
  } catch (const Error& error) {
    set_error(error_code_name(error.error_code()).data(), error.what(), error.offset());
  } catch (const std::bad_alloc&) {
    PyErr_NoMemory();
  } catch (const std::exception& error) {
    PyErr_SetString(PyExc_RuntimeError, error.what());
  } catch (...) {
    PyErr_SetString(PyExc_RuntimeError, "an exception of unknown type");
  }
}

}  // namespace vqi::python
