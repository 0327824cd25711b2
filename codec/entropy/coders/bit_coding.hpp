// EncodedBits and DecodedBits: the two directions of a coder that is written once for both.
#pragma once

#include <cstdint>

#include "binary_range_coder.hpp"

namespace vqi::detail {

struct EncodedBits {
  BinaryEncoder coder;
  /// Writes `bit` and returns it.
  bool code(bool bit, std::int32_t p16) {
    coder.put(bit, static_cast<std::uint32_t>(p16));
    return bit;
  }
};

struct DecodedBits {
  BinaryDecoder coder;
  bool code(bool /*unknown*/, std::int32_t p16) noexcept { return coder.get(static_cast<std::uint32_t>(p16)); }
};

}  // namespace vqi::detail
