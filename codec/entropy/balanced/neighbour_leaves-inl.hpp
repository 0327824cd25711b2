// NeighbourLeaves: how the neighbours of a vector go on in four levels of the tree (FORMAT.md, "Four rows side by
// side").
//
// For sources that Highway compiles once per SIMD target.

// Included once per target, as Highway's own *-inl.h files are.
#if defined(VQI_NEIGHBOUR_LEAVES_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef VQI_NEIGHBOUR_LEAVES_INL_HPP
#undef VQI_NEIGHBOUR_LEAVES_INL_HPP
#else
#define VQI_NEIGHBOUR_LEAVES_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "level_tables.hpp"
#include "map_rows.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// How the neighbours go on below a node.
struct LeavesBelow {
  /// The leaf of the first of N, W, NE and NW that lies below the node, or the expected leaf if none does.
  std::uint32_t first;
  std::uint32_t like_first;  ///< how W, N, NW and NE are like that: four digits to the base 6, W's the highest
  std::uint32_t far;         ///< bit 0: WW has the first leaf, bit 1: NN has it
};

/// The positions of W, N, NW, NE, WW and NN.
struct NeighbourPositions {
  static constexpr std::size_t count = 6;
  alignas(16) std::array<std::uint16_t, 8> at{};

  /// Their leaves below a node that is number `number` of its depth, from which `bits_left` bits lead to a position. A
  /// neighbour is like a leaf by 0 if it does not lie below the node, else by one more than their common bits.
  [[nodiscard]] LeavesBelow below(std::uint32_t number, std::uint32_t bits_left, std::uint32_t expected) const noexcept;
};

#if HWY_TARGET == HWY_SCALAR
HWY_INLINE LeavesBelow NeighbourPositions::below(std::uint32_t number, std::uint32_t bits_left,
                                                 std::uint32_t expected) const noexcept {
  const std::uint32_t bits = std::min(bits_left, levels_at_once);
  std::array<std::uint32_t, count> leaves{};
  std::array<bool, count> agree{};
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t node = std::uint32_t{at[i]} >> (bits_left - bits);
    leaves[i] = (node << (levels_at_once - bits)) % level_lanes;
    agree[i] = node >> bits == number;
  }
  std::uint32_t first = expected;
  for (const std::size_t i : {2U, 3U, 0U, 1U})
    if (agree[i]) first = leaves[i];
  const auto like = [&](std::size_t i) { return agree[i] ? std::uint32_t{likeness[leaves[i] ^ first]} : 0U; };
  return {first, ((like(0) * 6 + like(1)) * 6 + like(2)) * 6 + like(3),
          (agree[4] && leaves[4] == first ? 1U : 0U) | (agree[5] && leaves[5] == first ? 2U : 0U)};
}
#else
HWY_INLINE LeavesBelow NeighbourPositions::below(std::uint32_t number, std::uint32_t bits_left,
                                                 std::uint32_t expected) const noexcept {
  const hn::FixedTag<std::uint16_t, 8> d;
  const hn::FixedTag<std::uint8_t, 16> d_bytes;
  const hn::FixedTag<std::uint64_t, 2> d_halves;
  const hn::FixedTag<std::uint64_t, 1> d_half;
  const std::uint32_t bits = std::min(bits_left, levels_at_once);
  const auto nodes = hn::ShiftRightSame(hn::Load(d, at.data()), static_cast<int>(bits_left - bits));
  const auto leaves = hn::And(hn::ShiftLeftSame(nodes, static_cast<int>(levels_at_once - bits)), hn::Set(d, 15));
  const auto agree =
      hn::Eq(hn::ShiftRightSame(nodes, static_cast<int>(bits)), hn::Set(d, static_cast<std::uint16_t>(number)));
  std::array<std::uint8_t, 8> mask{};
  hn::StoreMaskBits(d, agree, mask.data());
  const std::uint32_t nearest = mask[0] % 16U;
  // By which of W, N, NW and NE agree: the first of N, W, NE and NW that does.
  constexpr std::array<std::uint8_t, 16> shifts{0, 0, 16, 16, 32, 0, 16, 16, 48, 0, 16, 16, 48, 0, 16, 16};
  const std::uint64_t lower_leaves = hn::GetLane(hn::BitCast(d_halves, leaves));
  const std::uint32_t leaf = static_cast<std::uint32_t>(lower_leaves >> shifts[nearest]) % 16U;
  const std::uint32_t first = nearest == 0 ? expected : leaf;
  const auto other = hn::Xor(leaves, hn::Set(d, static_cast<std::uint16_t>(first)));
  const auto alike = hn::TableLookupBytes(hn::Load(d_bytes, likeness.data()), hn::BitCast(d_bytes, other));
  // The upper bytes of `other` are 0, for which the table has a byte as well.
  const auto like_first =
      hn::BitCast(d_halves, hn::IfThenElseZero(agree, hn::And(hn::BitCast(d, alike), hn::Set(d, 0xFF))));
  const std::uint64_t far = hn::GetLane(hn::UpperHalf(d_half, like_first));
  // The highest 16 bits of a product are the sum of four digits times their weights, the first digit's the last.
  return {first, static_cast<std::uint32_t>(hn::GetLane(like_first) * joined(1, 6, 36, 216) >> 48),
          static_cast<std::uint32_t>(((far & 0xFFFFU) + 3) >> 3 | ((far >> 16U & 0xFFFFU) + 3) >> 3 << 1U)};
}
#endif

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
