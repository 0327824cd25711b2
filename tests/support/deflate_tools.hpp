// What tests of parses share.
#pragma once

#include <cstdint>
#include <vector>

#include "deflate_steps.hpp"

namespace vqi::testing {

/// The bytes that literals and matches stand for.
inline std::vector<std::uint8_t> bytes_of_steps(const std::vector<detail::DeflateStep>& steps) {
  std::vector<std::uint8_t> bytes;
  for (const detail::DeflateStep& step : steps) {
    if (step.length == 0) bytes.push_back(static_cast<std::uint8_t>(step.value));
    for (std::uint32_t i = 0; i < step.length; ++i) bytes.push_back(bytes[bytes.size() - step.value - 1]);
  }
  return bytes;
}

}  // namespace vqi::testing
