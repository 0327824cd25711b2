// Changes PNG files so that the changes get past their checksums and their compression.
#pragma once

#include "harness.hpp"

namespace vqi::fuzz {
using namespace detail;

/// Changes chunks, their order and types, or the filtered rows inside IDAT, and then repairs lengths, checksums and the
/// zlib stream; now and then it repairs nothing.
void mutate_png(Bytes& png, Mutation& mutation);

}  // namespace vqi::fuzz
