// vqi._core: what the package is written on. Its functions take and return plain types; vqi/_core.pyi lists them.
#include "array_object.hpp"
#include "cluster_calls.hpp"
#include "codec_calls.hpp"
#include "python_object.hpp"
#include "statistics_calls.hpp"

namespace {

PyModuleDef definition = {PyModuleDef_HEAD_INIT, "vqi._core", nullptr, -1, nullptr, nullptr, nullptr, nullptr, nullptr};

}  // namespace

// Python looks for this very name.
// NOLINTNEXTLINE(bugprone-reserved-identifier, readability-identifier-naming)
PyMODINIT_FUNC PyInit__core() {
  using namespace vqi::python;
  return guarded([] {
    Ref module = owned(PyModule_Create(&definition));
    add_array_type(module.get());
    need_success(PyModule_AddFunctions(module.get(), codec_functions()) == 0);
    need_success(PyModule_AddFunctions(module.get(), cluster_functions()) == 0);
    need_success(PyModule_AddFunctions(module.get(), statistics_functions()) == 0);
    need_success(PyModule_AddStringConstant(module.get(), "version", vqi_version()) == 0);
    return module;
  });
}
