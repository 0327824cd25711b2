// Changes PNG files so that what lies behind their checksums and their compression is reached.
#pragma once

#include "harness.hpp"

namespace vqi::fuzz {
using namespace detail;

/// Changes chunks, their order and types, or the filtered rows inside IDAT, and repairs lengths,
/// checksums and the zlib stream afterwards; now and then it repairs nothing.
void mutate_png(Bytes& png, Mutation& mutation);

}  // namespace vqi::fuzz
