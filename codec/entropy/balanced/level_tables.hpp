// Tables of the fifteen nodes of four levels of a tree, which stand in lanes 1 .. 15 of a vector as in a heap
// (FORMAT.md, "Four rows side by side").
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace vqi::detail {

inline constexpr std::uint32_t level_lanes = 16;
/// Levels that are coded together.
inline constexpr std::uint32_t levels_at_once = 4;

/// What is mixed for a node: seven groups' counters, the counter of a pattern, and a distance from its plane.
inline constexpr std::size_t level_inputs = 9;
inline constexpr std::size_t pattern_input = 7;
inline constexpr std::size_t plane_input = 8;

using LaneNumbers = std::array<std::uint16_t, level_lanes>;

/// Of a path from node 1 that ends at a node: all bits of a lane are set at nodes before the end, or at those of them
/// where the path takes the bit 1.
struct LevelPath {
  alignas(32) LaneNumbers on_path, ones;
};
/// By the node 1 .. 31 at which the path ends.
inline constexpr std::array<LevelPath, std::size_t{2}* level_lanes> level_paths = [] {
  std::array<LevelPath, std::size_t{2} * level_lanes> paths{};
  for (std::size_t end = 1; end < paths.size(); ++end)
    for (std::size_t node = end; node > 1; node /= 2) {
      paths[end].on_path[node / 2] = 0xFFFF;
      paths[end].ones[node / 2] = node % 2 != 0 ? 0xFFFF : 0;
    }
  return paths;
}();

/// How nodes change places where the branches are exchanged along the path to a leaf, so that it becomes the path of
/// zeros: node n comes from, and goes to, the node whose path differs by the leaf's bits. It never leaves its half of
/// the lanes.
struct TurnedLanes {
  alignas(32) std::array<std::uint8_t,
                         std::size_t{2} * level_lanes> bytes;  ///< of the other lane, within its half of the vector
  alignas(32) LaneNumbers flips;                               ///< where the branches of the node are exchanged

  [[nodiscard]] constexpr std::size_t other(std::size_t lane) const noexcept {
    return (lane & 8U) | bytes[2 * lane] / 2U;
  }
};
/// By the leaf, 0 .. 15. A counter whose branches are exchanged has 4095 - p in place of p.
inline constexpr std::array<TurnedLanes, level_lanes> turned_lanes = [] {
  std::array<TurnedLanes, level_lanes> all{};
  for (std::size_t leaf = 0; leaf < all.size(); ++leaf)
    for (std::size_t node = 0; node < level_lanes; ++node) {
      const auto depth = node == 0 ? 0U : static_cast<unsigned>(std::bit_width(node)) - 1;
      const std::size_t other = node == 0 ? 0 : node ^ (leaf >> (levels_at_once - depth));
      all[leaf].bytes[2 * node] = static_cast<std::uint8_t>(2 * (other % 8));
      all[leaf].bytes[2 * node + 1] = static_cast<std::uint8_t>(2 * (other % 8) + 1);
      all[leaf].flips[node] = node != 0 && (leaf >> (levels_at_once - 1 - depth)) % 2 != 0 ? 0xFFF0 : 0;
    }
  return all;
}();

/// How two leaves are alike, by their exclusive or: 1 .. 5, one more than the leading bits that they have in common.
alignas(16) inline constexpr std::array<std::uint8_t, level_lanes> likeness{5, 4, 3, 3, 2, 2, 2, 2,
                                                                            1, 1, 1, 1, 1, 1, 1, 1};

}  // namespace vqi::detail
