// version: the library and its headers are of one version.
#include "vqi/version.hpp"

#include <catch2/catch.hpp>
#include <string>

TEST_CASE("the library tells the version of its headers, made of three numbers") {
  CHECK(vqi::version() == VQI_VERSION);
  CHECK(std::string(VQI_VERSION) == std::to_string(VQI_VERSION_MAJOR) + "." + std::to_string(VQI_VERSION_MINOR) + "." +
                                        std::to_string(VQI_VERSION_PATCH));
}
