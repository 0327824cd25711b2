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

/// The Error for `count` bytes after the end, at `offset`, of the `whole`: "stream".
[[nodiscard]] inline Error trailing_error(std::uint64_t count, std::uint64_t offset, const std::string& whole) {
  return stream_error(
      ErrorCode::trailing_bytes, offset,
      std::to_string(count) + (count == 1 ? " byte follows" : " bytes follow") + " the end of the " + whole);
}

}  // namespace vqi::detail
