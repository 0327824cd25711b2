// interleave_bytes: Morton keys of vectors of three bytes, many at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace vqi::detail {

/// keys[n] has bit i of byte j of vector n at bit 3 i + 2 - j.
void interleave_bytes(const std::byte* vectors, std::span<std::uint32_t> keys) noexcept;

}  // namespace vqi::detail
