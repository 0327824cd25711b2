// Coding "uniform range": log2(K) bits for an index, for any K (FORMAT.md, "2: uniform range").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "integer.hpp"

namespace vqi::detail {

/// Range asymmetric numeral systems (J. Duda, arXiv:1311.2540, 2013) with K equally likely symbols, in four states, so
/// that divisions of neighbours overlap. 2 <= k <= 65536, every index below k.
[[nodiscard]] std::vector<std::byte> encode_uniform(std::span<const std::uint16_t> indices, std::uint32_t k);

/// Division by one number many times, through its reciprocal.
class Divider {
 public:
  explicit Divider(std::uint64_t divisor) noexcept : divisor_(divisor), reciprocal_(~std::uint64_t{0} / divisor) {}

  /// The quotient; sets `remainder`.
  [[nodiscard]] std::uint64_t divide(std::uint64_t value, std::uint64_t& remainder) const noexcept {
    // floor((2^64 - 1) / d) is at most one part in 2^64 / d too small: the quotient at most 1.
    std::uint64_t quotient = static_cast<std::uint64_t>((uint128{value} * reciprocal_) >> 64);
    remainder = value - quotient * divisor_;
    const std::uint64_t over = remainder >= divisor_ ? 1 : 0;
    quotient += over;
    remainder -= over * divisor_;
    return quotient;
  }

 private:
  std::uint64_t divisor_;
  std::uint64_t reciprocal_;
};

/// Reads what `encode_uniform` wrote, some indices at a time. Never reads outside the bytes.
class UniformDecoder {
 public:
  static constexpr std::size_t state_count = 4;

  UniformDecoder(std::span<const std::byte> coded, std::uint32_t k) noexcept;

  /// Fills `indices`, all below k, from the front. Returns how many have a meaning: fewer than all if the bytes cannot
  /// be an encoder's or have run out. Calls but the last take a multiple of state_count.
  [[nodiscard]] std::size_t decode(std::span<std::uint16_t> indices) noexcept;

  /// To be asked after the last index. True if exactly the bytes were used.
  [[nodiscard]] bool finished() const noexcept;

 private:
  Divider divider_;
  std::uint64_t least_;
  std::array<std::uint64_t, state_count> states_{};
  std::span<const std::byte> words_;
  bool is_broken_ = false;
};

/// Reads what `encode_uniform` wrote for indices.size() indices. False if `coded` is anything else; `indices` then have
/// no meaning. Never reads outside `coded`.
[[nodiscard]] bool decode_uniform(std::span<const std::byte> coded, std::uint32_t k,
                                  std::span<std::uint16_t> indices) noexcept;

/// Coded indices are the final states and then words of this size.
inline constexpr std::uint64_t uniform_word_bytes = 4;
/// The least and the most bytes that `count` indices can take.
inline constexpr std::uint64_t uniform_size_min_bytes = 32;
[[nodiscard]] constexpr std::uint64_t uniform_size_max_bytes(std::uint64_t count) noexcept {
  return uniform_size_min_bytes + uniform_word_bytes * (count / 2 + count % 2);
}

}  // namespace vqi::detail
