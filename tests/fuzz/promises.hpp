// What every harness demands: promises that end the process when broken, and errors of a certain shape.
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

/// Ends the process, for fuzzers and tests to see, unless `kept`.
inline void promise(bool kept, const char* what) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

/// An Error is one line of one of the allowed classes; its offset lies in the input or at its end.
inline void check_error(const Error& error, std::size_t input_size, std::initializer_list<ErrorClass> allowed) {
  const std::string_view words = error.what();
  promise(std::find(allowed.begin(), allowed.end(), error.error_class()) != allowed.end(), words.data());
  promise(!words.empty() && words.find_first_of(std::string_view("\n\r\0", 3)) == words.npos, "an error is one line");
  promise(!error.offset() || *error.offset() <= input_size, "an error's offset lies in the input");
}

/// What `work` returns, or nothing where it throws an Error of class data or limit, which is what
/// hostile bytes may lead to.
template <typename Work>
auto accepted(std::size_t input_size, const Work& work) -> std::optional<decltype(work())> {
  try {
    return work();
  } catch (const Error& error) {
    check_error(error, input_size, {ErrorClass::data, ErrorClass::limit});
    return std::nullopt;
  }
}

}  // namespace vqi::fuzz
