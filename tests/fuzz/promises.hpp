// The checks of all harnesses: a broken promise ends the process, and an Error has a certain form.
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "vqi/error.hpp"

namespace vqi::fuzz {
using namespace detail;

/// Ends the process, which fuzzers and tests notice, unless `kept`.
inline void promise(bool kept, const char* what) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

/// Promises that an Error is of an allowed class, has one line, and has an offset in the input or at its end, if any.
inline void check_error(const Error& error, std::size_t input_size, std::initializer_list<ErrorClass> allowed) {
  const std::string_view words = error.what();
  promise(std::find(allowed.begin(), allowed.end(), error.error_class()) != allowed.end(), words.data());
  promise(!words.empty() && words.find_first_of(std::string_view("\n\r\0", 3)) == words.npos, "an error is one line");
  if (error.offset() && *error.offset() > input_size) std::fprintf(stderr, "of %zu bytes: ", input_size);
  promise(!error.offset() || *error.offset() <= input_size, words.data());
}

/// What `work` returns, or nullopt if it throws an Error of class data or limit, the only classes that hostile bytes
/// may lead to, or one that asks for the codebook of a detached stream.
template <typename Work>
auto accepted(std::size_t input_size, const Work& work) -> std::optional<decltype(work())> {
  try {
    return work();
  } catch (const Error& error) {
    const bool is_detached = error.error_code() == ErrorCode::codebook_needed;
    if (!is_detached) check_error(error, input_size, {ErrorClass::data, ErrorClass::limit});
    return std::nullopt;
  }
}

}  // namespace vqi::fuzz
