// honest_stream: streams in which everything is right and the sizes are extreme.
#pragma once

#include "harness.hpp"

namespace vqi::fuzz {

/// A stream that decodes, unless it passes a limit: of any shape, K, block, coding and model, with sections that hold
/// as much as their bytes can. Not longer than the mutation's size_max, or empty.
[[nodiscard]] Bytes honest_stream(Mutation& mutation);

}  // namespace vqi::fuzz
