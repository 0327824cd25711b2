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
  std::uint32_t same;        ///< bits 0 .. 3: W, N, NW, NE have the first leaf
  std::uint32_t far;         ///< bit 0: WW has the first leaf, bit 1: NN has it
  std::uint32_t none;        ///< 1 if none of W, N, NW and NE lies below the node
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
  const auto has_first = [&](std::size_t i) { return agree[i] && leaves[i] == first ? 1U : 0U; };
  return {first, ((like(0) * 6 + like(1)) * 6 + like(2)) * 6 + like(3),
          has_first(0) | has_first(1) << 1U | has_first(2) << 2U | has_first(3) << 3U,
          has_first(4) | has_first(5) << 1U, agree[0] || agree[1] || agree[2] || agree[3] ? 0U : 1U};
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
  const std::uint64_t near = hn::GetLane(like_first);
  const std::uint64_t far = hn::GetLane(hn::UpperHalf(d_half, like_first));
  // Only where a neighbour is like the first leaf by 5 three more carry into the eights.
  const std::uint64_t near_same = (near + joined(3, 3, 3, 3)) >> 3 & joined(1, 1, 1, 1);
  const std::uint64_t far_same = (far + joined(3, 3, 0, 0)) >> 3 & joined(1, 1, 0, 0);
  // The highest 16 bits of a product are the sum of four digits times their weights, the first digit's the last.
  return {first, static_cast<std::uint32_t>(near * joined(1, 6, 36, 216) >> 48),
          static_cast<std::uint32_t>(near_same * joined(8, 4, 2, 1) >> 48),
          static_cast<std::uint32_t>(far_same * joined(0, 0, 2, 1) >> 48), nearest == 0 ? 1U : 0U};
}
#endif

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#endif
