// What one failed input leaves behind: a line for people, an object for programs, an exit code.
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>

#include "vqi/error.hpp"

namespace vqi::tool {

struct Failure {
  ErrorCode code = ErrorCode::io_failed;
  std::string message;                  ///< one line, without the input's name
  std::optional<std::string> input;     ///< none for a wrong command line
  std::optional<std::uint64_t> offset;  ///< in the input, where there is one
};

/// Any exception as a failure: no exception of any library leaves the tool.
[[nodiscard]] Failure to_failure(const std::exception_ptr& exception, std::optional<std::string> input);

/// "vqi: FILE: what is wrong (where), what to do" and a line's end.
[[nodiscard]] std::string failure_line(const Failure& failure);

}  // namespace vqi::tool
