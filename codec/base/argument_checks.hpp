// Checks that public calls make of their arguments before they work.
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>

#include "vqi/error.hpp"
#include "vqi/run_options.hpp"

namespace vqi::detail {

/// Throws Error{invalid_option} unless `value` is one of the enumerators, which count from 0 to `last`.
template <typename Enumeration>
void check_enumerator(Enumeration value, Enumeration last, const char* name) {
  const auto number = static_cast<std::underlying_type_t<Enumeration>>(value);
  if (number < 0 || value > last)
    throw Error(ErrorCode::invalid_option, std::string(name) + " is the enumerator " + std::to_string(number) +
                                               "; it must be 0 to " +
                                               std::to_string(static_cast<std::underlying_type_t<Enumeration>>(last)));
}

/// Throws Error{limit_exceeded} if `needed_bytes` pass the limit of `run`; `what` takes them ("encoding").
inline void check_memory(std::uint64_t needed_bytes, const RunOptions& run, const char* what) {
  if (needed_bytes > run.max_memory_bytes)
    throw Error(Limit::memory, std::string(what) + " takes at least " + std::to_string(needed_bytes) +
                                   " bytes of memory and the limit is " + std::to_string(run.max_memory_bytes));
}

}  // namespace vqi::detail
