// The functions of the module on images, streams and codebooks.
#pragma once

#include "python_object.hpp"

namespace vqi::python {

/// The table ends with an entry of nulls, as Python asks.
[[nodiscard]] PyMethodDef* codec_functions() noexcept;

}  // namespace vqi::python
