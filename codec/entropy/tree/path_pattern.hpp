// PathPattern: which way six neighbours' codewords would go at each node of a path.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace vqi::detail {

/// Six tree positions, followed from the root along the path of the pixel that is coded. A neighbour
/// agrees as long as all its bits are those of the path (FORMAT.md, "Patterns").
class PathPattern {
 public:
  static constexpr std::size_t neighbours = 6;
  static constexpr std::uint32_t count = 1 << (2 * neighbours);

  PathPattern(const std::array<std::uint32_t, neighbours>& positions, std::uint32_t depth) noexcept {
    for (std::size_t i = 0; i < neighbours; ++i) low_ |= spread(positions[i] & 255U) << i;
    if (depth <= 8) return;
    for (std::size_t i = 0; i < neighbours; ++i) high_ |= spread(positions[i] >> 8U) << i;
  }

  /// Below `count`: bit i says that neighbour i agrees, bit 6 + i its next bit, if it does.
  [[nodiscard]] std::uint32_t index(std::uint32_t bit_place) const noexcept {
    return agreeing_ | (bits_at(bit_place) & agreeing_) << neighbours;
  }
  /// Goes on by a bit of the path.
  void follow(std::uint32_t bit_place, bool bit) noexcept {
    agreeing_ &= bit ? bits_at(bit_place) : ~bits_at(bit_place);
  }

 private:
  /// Byte i of the result is bit i of the value.
  [[nodiscard]] static std::uint64_t spread(std::uint64_t value) noexcept {
    // Byte i of `kept` is bit i of the value at its place, 0 or 2^i; the sum carries it to the byte's top.
    const std::uint64_t kept = (value * 0x0101010101010101U) & 0x8040201008040201U;
    return (((kept & 0x7F7F7F7F7F7F7F7FU) + 0x7F7F7F7F7F7F7F7FU) | kept) >> 7U & 0x0101010101010101U;
  }
  /// The neighbours' bits number `bit_place` of their positions.
  [[nodiscard]] std::uint32_t bits_at(std::uint32_t bit_place) const noexcept {
    return static_cast<std::uint32_t>((bit_place < 8 ? low_ : high_) >> (8 * (bit_place % 8))) & 63U;
  }

  std::uint64_t low_ = 0;
  std::uint64_t high_ = 0;
  std::uint32_t agreeing_ = 63;
};

}  // namespace vqi::detail
