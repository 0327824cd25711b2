// Coding "uniform range": log2(K) bits for an index also where K is no power of two (FORMAT.md, "2: uniform range").
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vqi::detail {

/// Range asymmetric numeral systems (J. Duda, arXiv:1311.2540, 2013) with K equally likely symbols,
/// in four lanes, so that divisions of neighbours overlap. 2 <= k <= 65536, every index below k.
[[nodiscard]] std::vector<std::byte> encode_uniform(std::span<const std::uint16_t> indices, std::uint32_t k);

/// Reads what `encode_uniform` wrote for as many indices. False if the bytes are not that, in which
/// case `indices` has no meaning. Never reads outside `coded`.
[[nodiscard]] bool decode_uniform(std::span<const std::byte> coded, std::uint32_t k,
                                  std::span<std::uint16_t> indices) noexcept;

/// The least and the most bytes that `count` indices can take.
inline constexpr std::uint64_t uniform_size_min_bytes = 32;
[[nodiscard]] constexpr std::uint64_t uniform_size_max_bytes(std::uint64_t count) noexcept {
  return uniform_size_min_bytes + 4 * (count / 2 + count % 2);
}

}  // namespace vqi::detail
