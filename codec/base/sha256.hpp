// SHA-256 (FIPS 180-4), by which codebooks are told apart.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace vqi::detail {

/// The digest of `bytes`.
[[nodiscard]] std::array<std::uint8_t, 32> sha256(std::span<const std::byte> bytes);

}  // namespace vqi::detail
