// The version of these headers, and of the library that is linked. It stands here and nowhere else: CMakeLists.txt
// reads it from this file.
#pragma once

#include <string_view>

#include "vqi/export.hpp"

#define VQI_VERSION_MAJOR 0
#define VQI_VERSION_MINOR 1
#define VQI_VERSION_PATCH 0

#define VQI_VERSION_TEXT_OF(number) #number
#define VQI_VERSION_JOIN(major, minor, patch) \
  VQI_VERSION_TEXT_OF(major) "." VQI_VERSION_TEXT_OF(minor) "." VQI_VERSION_TEXT_OF(patch)
/// "MAJOR.MINOR.PATCH", as a string literal.
#define VQI_VERSION VQI_VERSION_JOIN(VQI_VERSION_MAJOR, VQI_VERSION_MINOR, VQI_VERSION_PATCH)

namespace vqi {

/// The VQI_VERSION that the library was built with. A program whose own VQI_VERSION has another major version, or
/// another minor version while the major one is 0, was compiled for an incompatible library.
[[nodiscard]] VQI_API std::string_view version() noexcept;

}  // namespace vqi
