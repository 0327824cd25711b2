// Hashes of a few bytes, by which searches find places that may match; the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>

#include "bytes.hpp"

namespace vqi::detail {

/// A hash of `bits` <= 32 bits of four bytes, by multiplication with the golden ratio.
[[nodiscard]] inline std::uint32_t hash_of_four(const std::uint8_t* bytes, std::uint32_t bits) noexcept {
  const auto word = static_cast<std::uint32_t>(load_le(reinterpret_cast<const std::byte*>(bytes), 4));
  return (word * 0x9E3779B1U) >> (32 - bits);
}

/// The same of eight bytes.
[[nodiscard]] inline std::uint32_t hash_of_eight(const std::uint8_t* bytes, std::uint32_t bits) noexcept {
  const std::uint64_t word = load_le(reinterpret_cast<const std::byte*>(bytes), 8);
  return static_cast<std::uint32_t>((word * 0x9E3779B97F4A7C15U) >> (64 - bits));
}

}  // namespace vqi::detail
