// Failure: an exception as data, from which error lines and JSON objects are made.
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
  std::optional<std::string> input;     ///< none if the command line is wrong
  std::optional<std::uint64_t> offset;  ///< byte offset in the input, if the error has one
};

/// Translates any exception, of any library, to a failure. `input` is the name of the input that it concerns.
[[nodiscard]] Failure to_failure(const std::exception_ptr& exception, std::optional<std::string> input);

/// "vqi: FILE: what is wrong (where), what to do" and a newline.
[[nodiscard]] std::string failure_line(const Failure& failure);

}  // namespace vqi::tool
