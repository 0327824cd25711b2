// with_memory_left: a call with the memory that is left beside what is held already.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "vqi/error.hpp"
#include "vqi/run_options.hpp"

namespace vqi::tool {

/// Returns `call(left)`, where `left` is `run` with its limit of memory less `held_bytes`. An Error about that limit
/// comes through with words that name these bytes.
template <typename Call>
auto with_memory_left(const RunOptions& run, std::uint64_t held_bytes, const Call& call) {
  RunOptions left = run;
  left.max_memory_bytes -= std::min(left.max_memory_bytes, held_bytes);
  try {
    return call(left);
  } catch (const Error& error) {
    if (error.limit() != Limit::memory || held_bytes == 0) throw;
    throw Error(Limit::memory, std::string(error.what()) + ", as the input holds " + std::to_string(held_bytes) +
                                   " of the " + std::to_string(run.max_memory_bytes) + " that are allowed");
  }
}

}  // namespace vqi::tool
