// Valid streams from our own encoder, as seeds for the harnesses.
#pragma once

#include "harness.hpp"

namespace vqi::fuzz {
using namespace detail;

/// Small streams of every channel count, depth, coding and kind of block, with and without metadata, and one of several
/// strips.
[[nodiscard]] std::vector<Bytes> make_seed_streams();

}  // namespace vqi::fuzz
