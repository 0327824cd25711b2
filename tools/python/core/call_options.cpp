// Options by name and text, and what text cannot hold.
#include "call_options.hpp"

namespace vqi::python {
namespace {

int tell_progress(void* user, const char* stage, double fraction) {
  return static_cast<BlockingCall*>(user)->tell(stage, fraction) ? 0 : 1;
}

}  // namespace

CallOptions::CallOptions(const char* command, PyObject* pairs, PyObject* codebook, PyObject* weights,
                         BlockingCall& call) {
  check(vqi_options_new(command, &options_));
  try {
    set(pairs);
    if (codebook != Py_None) {
      const HeldBuffer bytes(codebook, PyBUF_SIMPLE);
      check(vqi_options_set_codebook(options_, bytes.bytes().data(), bytes.bytes().size()));
    }
    if (weights != Py_None) check(vqi_options_set_weights(options_, &BorrowedImage(weights, "weights").image()));
    check(vqi_options_set_progress(options_, tell_progress, &call));
  } catch (...) {
    vqi_options_free(options_);
    throw;
  }
}

void CallOptions::set(PyObject* pairs) {
  const Py_ssize_t count = PySequence_Size(pairs);
  need_success(count >= 0);
  for (Py_ssize_t i = 0; i < count; ++i) {
    const Ref pair = owned(PySequence_GetItem(pairs, i));
    const char* name = nullptr;
    const char* text = nullptr;
    need_success(PyArg_ParseTuple(pair.get(), "ss", &name, &text) != 0);
    check(vqi_options_set(options_, name, text));
  }
}

}  // namespace vqi::python
