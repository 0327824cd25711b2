// Changes .vqi streams so that the changes get past their checksums.
#pragma once

#include "harness.hpp"

namespace vqi::fuzz {
using namespace detail;

/// Changes header fields, payloads, or the sections' order and types, and then repairs checksums and lengths; now and
/// then it changes bytes and repairs nothing.
void mutate_stream(Bytes& stream, Mutation& mutation);

}  // namespace vqi::fuzz
