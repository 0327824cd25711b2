// The functions of the module on statistics.
#pragma once

#include "python_object.hpp"

namespace vqi::python {

/// The table ends with an entry of nulls, as Python asks.
[[nodiscard]] PyMethodDef* statistics_functions() noexcept;

}  // namespace vqi::python
