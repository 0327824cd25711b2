// Morton codes of vectors of three bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace vqi::detail {

/// Writes the codes of the first codes.size() of `vectors`: bit i of byte j becomes bit 3 i + 2 - j.
void interleave_bytes(const std::byte* vectors, std::span<std::uint32_t> codes) noexcept;

}  // namespace vqi::detail
