// The two directions that a model's bits go: EncodedBits writes those it is told, DecodedBits reads them.
#pragma once

#include <cstdint>

#include "binary_range_coder.hpp"

namespace vqi::detail {

struct EncodedBits {
  BinaryEncoder coder;
  /// Returns `bit`, for models that are written once for both directions.
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
