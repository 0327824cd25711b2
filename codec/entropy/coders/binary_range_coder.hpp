// A binary arithmetic coder with 16-bit probabilities, 32-bit integers and carries (FORMAT.md, "The binary range
// coder").
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "assert.hpp"

namespace vqi::detail {

/// Probabilities are of the bit 1, in units of 1/65536, from 1 to 65535.
inline constexpr std::uint32_t probability_bits = 16;

namespace range_coder {
/// Below this range a byte is written, so that every probability has a part of at least 2^8.
inline constexpr std::uint32_t range_min = 1U << 24;
/// The zero bytes that a decoder supplies after the last byte, since `finish` chooses a number that ends in them.
inline constexpr std::size_t implied_zeros = 3;

/// The part of `range` that stands for the bit 1: 1 .. range - 1.
[[nodiscard]] constexpr std::uint32_t part_of_one(std::uint32_t range, std::uint32_t p16) noexcept {
  return static_cast<std::uint32_t>(std::uint64_t{range} * p16 >> probability_bits);
}
}  // namespace range_coder

/// Writes bits; a bit of probability p takes log2(1 / p) bits, and the whole about one byte more.
class BinaryEncoder {
 public:
  void put(bool bit, std::uint32_t p16) {
    VQI_ASSERT(p16 > 0 && p16 >> probability_bits == 0);
    const std::uint32_t one = range_coder::part_of_one(range_, p16);
    // Which bit it is cannot be predicted, so there is no branch on it.
    const std::uint32_t if_zero = bit ? 0U : ~0U;
    add(one & if_zero);
    range_ = one + ((range_ - 2 * one) & if_zero);
    while (range_ < range_coder::range_min) {
      bytes_.push_back(static_cast<std::byte>(low_ >> 24));
      low_ <<= 8;
      range_ <<= 8;
    }
  }

  /// The bytes of all bits so far. Nothing may be called after it.
  [[nodiscard]] std::vector<std::byte> finish() {
    // Of the numbers in [low, low + range) one ends in 24 zero bits.
    add(range_coder::range_min - 1);
    bytes_.push_back(static_cast<std::byte>(low_ >> 24));
    return std::move(bytes_);
  }

 private:
  /// Adds to the number written so far and carries an overflow of 32 bits into its bytes. The number stays below 1, so
  /// that a carry ends within them.
  void add(std::uint32_t more) noexcept {
    low_ += more;
    if (low_ >= more) return;
    std::size_t at = bytes_.size();
    do {
      --at;
      bytes_[at] = static_cast<std::byte>(std::to_integer<unsigned>(bytes_[at]) + 1U);
    } while (bytes_[at] == std::byte{0});
  }

  std::vector<std::byte> bytes_;
  std::uint32_t low_ = 0;
  std::uint32_t range_ = 0xFFFFFFFFU;
};

/// Reads what BinaryEncoder wrote, given the same probabilities. Never reads outside the bytes: after them it reads
/// zeros. Bits that need more than `implied_zeros` of these are no encoder's, and `finished` is false then.
class BinaryDecoder {
 public:
  explicit BinaryDecoder(std::span<const std::byte> bytes) noexcept : bytes_(bytes) {
    for (int i = 0; i < 4; ++i) take_byte();
  }

  [[nodiscard]] bool get(std::uint32_t p16) noexcept {
    VQI_ASSERT(p16 > 0 && p16 >> probability_bits == 0);
    const std::uint32_t one = range_coder::part_of_one(range_, p16);
    // Which bit it is cannot be predicted, so there is no branch on it.
    const bool bit = offset_ < one;
    const std::uint32_t if_zero = bit ? 0U : ~0U;
    offset_ -= one & if_zero;
    range_ = one + ((range_ - 2 * one) & if_zero);
    while (range_ < range_coder::range_min) {
      range_ <<= 8;
      take_byte();
    }
    return bit;
  }

  /// The zeros that were read after the last byte. Bits that were read while this was 0 depend on no byte after it.
  [[nodiscard]] std::size_t zeros_read() const noexcept { return taken_ > bytes_.size() ? taken_ - bytes_.size() : 0; }

  /// To be asked after the last bit. True if exactly the bytes were used, and if they are the number that the encoder's
  /// `finish` chooses: the first, from its low end on, that ends in 24 zero bits.
  [[nodiscard]] bool finished() const noexcept {
    return taken_ == bytes_.size() + range_coder::implied_zeros && offset_ < range_coder::range_min;
  }

 private:
  void take_byte() noexcept {
    const std::uint32_t byte = taken_ < bytes_.size() ? std::to_integer<std::uint32_t>(bytes_[taken_]) : 0;
    offset_ = offset_ << 8 | byte;
    ++taken_;
  }

  std::span<const std::byte> bytes_;
  std::size_t taken_ = 0;
  std::uint32_t offset_ = 0;  // of the coded number above the encoder's low
  std::uint32_t range_ = 0xFFFFFFFFU;
};

}  // namespace vqi::detail
