// thrown_by: the Error that a call throws, for tests of codes, offsets and messages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "vqi/error.hpp"

namespace vqi::test {

/// What is told of an Error; of no Error, nothing.
struct ThrownError {
  std::optional<ErrorCode> code;
  std::optional<std::uint64_t> offset;
  std::string message;
  std::optional<Limit> limit;
};

template <typename Work>
[[nodiscard]] ThrownError thrown_by(const Work& work) {
  try {
    work();
  } catch (const Error& error) {
    return {error.error_code(), error.offset(), error.what(), error.limit()};
  }
  return {};
}

/// The text holds the piece.
[[nodiscard]] inline bool holds(const std::string& text, const std::string& piece) {
  return text.find(piece) != std::string::npos;
}

}  // namespace vqi::test
