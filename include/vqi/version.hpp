// The version of the library that is linked; that of the headers is in version.h.
#pragma once

#include <string_view>

#include "vqi/export.hpp"
#include "vqi/version.h"

namespace vqi {

/// The VQI_VERSION that the library was built with. A program whose own VQI_VERSION has another major version, or
/// another minor version while the major one is 0, was compiled for an incompatible library.
[[nodiscard]] VQI_API std::string_view version() noexcept;

}  // namespace vqi
