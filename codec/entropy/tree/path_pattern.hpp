// PathPattern: which of six neighbours still agree with a path, and which way each of them would go on.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace vqi::detail {

/// Six tree positions, compared with the path of the vector that is coded. A neighbour agrees as long as its position
/// has the bits of the path (FORMAT.md, "Patterns").
class PathPattern {
 public:
  static constexpr std::size_t neighbours = 6;
  static constexpr std::uint32_t count = 1 << (2 * neighbours);

  PathPattern(const std::array<std::uint32_t, neighbours>& positions, std::uint32_t depth) noexcept {
    for (std::size_t i = 0; i < neighbours; ++i) low_ |= spread(positions[i] & 255U) << i;
    if (depth <= 8) return;
    for (std::size_t i = 0; i < neighbours; ++i) high_ |= spread(positions[i] >> 8U) << i;
  }

  /// A number below `count`: bit i is 1 if neighbour i agrees, and bit 6 + i is then its bit number `bit_number`.
  [[nodiscard]] std::uint32_t index(std::uint32_t bit_number) const noexcept {
    return agreeing_ | (bits_at(bit_number) & agreeing_) << neighbours;
  }
  /// Follows a bit of the path.
  void follow(std::uint32_t bit_number, bool bit) noexcept {
    agreeing_ &= bit ? bits_at(bit_number) : ~bits_at(bit_number);
  }

 private:
  /// Byte i of the result is bit i of the value.
  [[nodiscard]] static std::uint64_t spread(std::uint64_t value) noexcept {
    // Byte i of `kept` is 2^i times bit i of the value; the sum carries that to the byte's highest bit.
    const std::uint64_t kept = (value * 0x0101010101010101U) & 0x8040201008040201U;
    return (((kept & 0x7F7F7F7F7F7F7F7FU) + 0x7F7F7F7F7F7F7F7FU) | kept) >> 7U & 0x0101010101010101U;
  }
  /// The neighbours' bits number `bit_number` of their positions.
  [[nodiscard]] std::uint32_t bits_at(std::uint32_t bit_number) const noexcept {
    return static_cast<std::uint32_t>((bit_number < 8 ? low_ : high_) >> (8 * (bit_number % 8))) & 63U;
  }

  std::uint64_t low_ = 0;
  std::uint64_t high_ = 0;
  std::uint32_t agreeing_ = 63;
};

}  // namespace vqi::detail
