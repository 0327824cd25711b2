// Translates exceptions to failures.
#include "failure.hpp"

#include <new>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "plain_text.hpp"

namespace vqi::tool {

namespace {

/// What raises a limit of the caller's.
const char* limit_hint(Limit limit) noexcept {
  switch (limit) {
    case Limit::pixels:
      return ", raise it with --max-pixels N";
    case Limit::side:
      return ", raise it with --max-pixels above 2^28";
    case Limit::memory:
      return ", raise it with --max-memory BYTES";
  }
  return "";
}

}  // namespace

Failure to_failure(const std::exception_ptr& exception, std::optional<std::string> input) {
  const char* const out_of_memory = "out of memory, work on fewer inputs at once (--threads 1) or on a smaller image";
  try {
    std::rethrow_exception(exception);
  } catch (const Error& error) {
    const std::string hint = error.limit() ? limit_hint(*error.limit()) : "";
    return {error.error_code(), error.what() + hint, std::move(input), error.offset()};
  } catch (const std::bad_alloc&) {
    return {ErrorCode::limit_exceeded, out_of_memory, std::move(input), std::nullopt};
  } catch (const std::length_error&) {  // a container larger than max_size()
    return {ErrorCode::limit_exceeded, out_of_memory, std::move(input), std::nullopt};
  } catch (const std::exception& error) {
    return {ErrorCode::io_failed, std::string("the system failed (") + error.what() + ")", std::move(input),
            std::nullopt};
  }
}

std::string failure_line(const Failure& failure) {
  std::string line = "vqi: ";
  if (failure.input) line += one_line(*failure.input) + ": ";
  return line + one_line(failure.message) + "\n";
}

}  // namespace vqi::tool
