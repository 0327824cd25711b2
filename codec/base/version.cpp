// The version that is compiled into the library.
#include "vqi/version.hpp"

namespace vqi {

std::string_view version() noexcept { return VQI_VERSION; }

}  // namespace vqi
