// scatter_three_bytes: one codeword of three bytes for each index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace vqi::detail {

/// Copies four bytes at once: the next pixel overwrites the fourth. `codewords` has one readable byte after its last.
inline void scatter_three_bytes(const std::byte* codewords, std::span<const std::uint16_t> indices,
                                std::byte* pixels) noexcept {
  constexpr std::size_t pixel_bytes = 3;
  if (indices.empty()) return;
  for (const std::uint16_t index : indices.first(indices.size() - 1)) {
    std::memcpy(pixels, codewords + index * pixel_bytes, pixel_bytes + 1);
    pixels += pixel_bytes;
  }
  std::memcpy(pixels, codewords + indices.back() * pixel_bytes, pixel_bytes);
}

}  // namespace vqi::detail
