// Each kind goes through vqi.h as the data of a PNG chunk; the package gives the numbers in it their names.
#include "image_metadata.hpp"

#include <string>

#include "array_object.hpp"

namespace vqi::python {

ImageMetadata::ImageMetadata(PyObject* pairs) {
  if (pairs == Py_None) return;
  check(vqi_metadata_new(&metadata_));
  try {
    set(pairs);
  } catch (...) {
    vqi_metadata_free(metadata_);
    throw;
  }
}

void ImageMetadata::set(PyObject* pairs) {
  const Py_ssize_t count = PySequence_Size(pairs);
  need_success(count >= 0);
  for (Py_ssize_t i = 0; i < count; ++i) {
    const Ref pair = owned(PySequence_GetItem(pairs, i));
    const char* name = nullptr;
    PyObject* data = nullptr;
    need_success(PyArg_ParseTuple(pair.get(), "sO", &name, &data) != 0);
    const HeldBuffer bytes(data, PyBUF_SIMPLE);
    check(vqi_metadata_set(metadata_, name, bytes.bytes().data(), bytes.bytes().size()));
  }
}

Ref metadata_list(const vqi_metadata* metadata) {
  Ref list = owned(PyList_New(0));
  if (metadata == nullptr) return list;
  for (const char* const name : {"gAMA", "cHRM", "sRGB", "cICP", "pHYs", "iCCP"}) {
    std::size_t size = 0;
    if (vqi_metadata_get(metadata, name, nullptr, 0, &size) == VQI_INVALID_ARGUMENT) continue;
    std::string bytes(size, '\0');
    check(vqi_metadata_get(metadata, name, bytes.data(), bytes.size(), &size));
    const Ref pair = owned(Py_BuildValue("(sy#)", name, bytes.data(), static_cast<Py_ssize_t>(bytes.size())));
    need_success(PyList_Append(list.get(), pair.get()) == 0);
  }
  return list;
}

}  // namespace vqi::python
