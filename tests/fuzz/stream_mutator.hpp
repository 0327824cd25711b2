// Changes .vqi streams so that what lies behind their checksums is reached.
#pragma once

#include "harness.hpp"

namespace vqi::fuzz {
using namespace detail;

/// Changes header fields, payloads, or the sections' order and types, and repairs checksums and
/// lengths afterwards; now and then it changes bytes and repairs nothing.
void mutate_stream(Bytes& stream, Mutation& mutation);

}  // namespace vqi::fuzz
