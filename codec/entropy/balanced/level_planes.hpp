// LevelPlanes: the planes of the codeword tree, those of four levels side by side.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "codeword_tree.hpp"
#include "level_tables.hpp"

namespace vqi::detail {

/// The planes of the fifteen nodes below a node, itself the first, by the lanes of level_tables.hpp.
struct PlaneLanes {
  alignas(64) std::array<std::array<std::int32_t, level_lanes>, point_dimension_max> axis{};
  alignas(64) std::array<std::int32_t, level_lanes> offset{};
};

class LevelPlanes {
 public:
  explicit LevelPlanes(const CodewordTree& tree) : lanes_(roots(tree.depth())) {
    for (std::uint32_t depth = 0; depth < tree.depth(); depth += levels_at_once)
      for (std::uint32_t root = 1U << depth; root < 2U << depth; ++root)
        fill(tree, root, depth, lanes_[place(root, depth)]);
  }

  /// Of the node `root` at `depth`, a multiple of levels_at_once.
  [[nodiscard]] const PlaneLanes& at(std::uint32_t root, std::uint32_t depth) const noexcept {
    return lanes_[place(root, depth)];
  }

  /// Memory for a tree of K codewords, in bytes.
  [[nodiscard]] static constexpr std::uint64_t size_bytes(std::uint32_t k) noexcept {
    return std::uint64_t{sizeof(PlaneLanes)} * roots(CodewordTree::depth_of(k));
  }

 private:
  /// Nodes at the depths below `depth` that are multiples of four.
  [[nodiscard]] static constexpr std::uint32_t roots(std::uint32_t depth) noexcept {
    std::uint32_t count = 0;
    for (std::uint32_t above = 0; above < depth; above += levels_at_once) count += 1U << above;
    return count;
  }
  /// Of 2^depth nodes the first has the place (2^depth - 1) / 15.
  [[nodiscard]] static constexpr std::size_t place(std::uint32_t root, std::uint32_t depth) noexcept {
    return root - (1U << depth) + ((1U << depth) - 1) / 15;
  }

  static void fill(const CodewordTree& tree, std::uint32_t root, std::uint32_t depth, PlaneLanes& lanes) {
    for (std::uint32_t lane = 1; lane < level_lanes; ++lane) {
      const auto below = static_cast<std::uint32_t>(std::bit_width(lane)) - 1;
      const std::uint32_t node = (root << below) + lane - (1U << below);
      if (depth + below >= tree.depth() || !tree.divides(node)) continue;
      const SplitPlane& plane = tree.plane(node);
      for (std::size_t d = 0; d < point_dimension_max; ++d) lanes.axis[d][lane] = plane.axis[d];
      lanes.offset[lane] = plane.offset;
    }
  }

  std::vector<PlaneLanes> lanes_;
};

}  // namespace vqi::detail
