// CRC-32C (Castagnoli, RFC 3720 appendix B.4), and how checksums of neighbours are joined.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace vqi::detail {

/// The CRC-32C of `bytes` that follow bytes whose CRC-32C is `previous` (0 for none). Uses the
/// processor's instruction where there is one.
[[nodiscard]] std::uint32_t crc32c(std::span<const std::byte> bytes, std::uint32_t previous = 0) noexcept;

/// The same by table, on any machine; the tests compare the two.
[[nodiscard]] std::uint32_t crc32c_portable(std::span<const std::byte> bytes, std::uint32_t previous = 0) noexcept;

/// The CRC-32C of A followed by B, from their own ones and the length of B. Cost: logarithmic in it.
[[nodiscard]] std::uint32_t crc32c_joined(std::uint32_t crc_a, std::uint32_t crc_b, std::uint64_t length_b) noexcept;

}  // namespace vqi::detail
