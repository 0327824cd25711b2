// How errors about bytes of a stream are worded.
#pragma once

#include <cstdint>
#include <string>

#include "vqi/error.hpp"

namespace vqi::detail {

/// An Error of class data: what is wrong, at which byte, and what to do.
[[nodiscard]] inline Error stream_error(ErrorCode code, std::uint64_t offset, const std::string& what) {
  return {code, what + " (at byte " + std::to_string(offset) + "), the file is damaged: get a fresh copy of it",
          offset};
}

}  // namespace vqi::detail
