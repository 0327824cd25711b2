// Coding "fixed width": every index in ceil(log2(K)) bits (FORMAT.md, "1: fixed width").
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace vqi::detail {

/// The bytes of `count` indices of `bits` bits each.
[[nodiscard]] constexpr std::uint64_t packed_size_bytes(std::uint64_t count, std::uint32_t bits) noexcept {
  // Eight indices are `bits` bytes; dividing first keeps the product within 64 bits.
  return count / 8 * bits + (count % 8 * bits + 7) / 8;
}

/// Writes indices, lowest bit first, to exactly packed_size_bytes(); unused bits are 0. Every index
/// is below 2^bits, bits <= 16.
void pack_indices(std::span<const std::uint16_t> indices, std::uint32_t bits, std::span<std::byte> packed) noexcept;

/// Reads packed_size_bytes() bytes. False if an unused bit is not 0; `indices` are written in any case.
[[nodiscard]] bool unpack_indices(std::span<const std::byte> packed, std::uint32_t bits,
                                  std::span<std::uint16_t> indices) noexcept;

/// Whether all of `indices`, which have `bits` bits, are below `k`.
[[nodiscard]] bool all_below(std::span<const std::uint16_t> indices, std::uint32_t bits, std::uint32_t k) noexcept;

}  // namespace vqi::detail
