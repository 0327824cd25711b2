// CodewordTree: the codebook as a binary tree that halves it along principal axes; an index becomes a path of bits.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "codeword_points.hpp"

namespace vqi::detail {

/// The plane on which a node divides its codewords: the side of a point tells the likelier half.
struct SplitPlane {
  std::array<std::int32_t, point_dimension_max> axis{};  ///< of length 2^14
  std::int32_t offset = 0;

  /// The signed distance of a point, in units of coordinates; positive on the side of the bit 1.
  [[nodiscard]] std::int32_t distance(const Point& point) const noexcept {
    std::int32_t sum = -offset;
    for (std::size_t d = 0; d < point_dimension_max; ++d) sum += axis[d] * point[d];
    return sum >> 14;
  }
};

/// The tree has 2^depth leaves, whose numbers are called positions (FORMAT.md, "The tree"). Nodes are numbered as in a
/// heap: 1 is the root, 2 n and 2 n + 1 are the halves of n, position p is the node 2^depth + p. A path has the bits of
/// the position, the highest first. It ends at a node with a single codeword, which is at the node's first position.
class CodewordTree {
 public:
  /// `points` has one point for each codeword; at least two.
  explicit CodewordTree(std::span<const Point> points);

  /// The depth of a tree of K codewords.
  [[nodiscard]] static constexpr std::uint32_t depth_of(std::uint32_t k) noexcept {
    return std::max(1U, static_cast<std::uint32_t>(std::bit_width(k - 1)));
  }
  /// The most memory of a tree of K codewords, in bytes, reached while it is made.
  [[nodiscard]] static constexpr std::uint64_t size_bytes(std::uint32_t k) noexcept {
    constexpr std::uint64_t while_made = 2 * sizeof(std::uint32_t);  // the members, and the buffer that sorts them
    constexpr std::uint64_t leaf_bytes = sizeof(std::uint16_t) + sizeof(std::uint8_t) + sizeof(SplitPlane);
    return k * (sizeof(std::uint16_t) + while_made) + (leaf_bytes << depth_of(k));
  }

  [[nodiscard]] std::uint32_t depth() const noexcept { return depth_; }
  [[nodiscard]] std::uint32_t leaves() const noexcept { return 1U << depth_; }
  [[nodiscard]] std::uint32_t position_of(std::size_t index) const noexcept { return positions_[index]; }
  /// The index at a position that has one.
  [[nodiscard]] std::uint16_t index_at(std::size_t position) const noexcept { return indices_[position]; }
  /// Whether an inner node, 1 .. leaves() - 1, holds two codewords or more.
  [[nodiscard]] bool divides(std::uint32_t node) const noexcept { return divides_[node] != 0; }
  /// The position that a path leads to which follows the side of `point` at every plane. It has an index.
  [[nodiscard]] std::uint32_t position_near(const Point& point) const noexcept {
    std::uint32_t node = 1;
    std::uint32_t depth = 0;
    for (; depth < depth_ && divides(node); ++depth) node = 2 * node + (planes_[node].distance(point) >= 0 ? 1 : 0);
    return (node << (depth_ - depth)) - leaves();
  }
  [[nodiscard]] const SplitPlane& plane(std::uint32_t node) const noexcept { return planes_[node]; }

 private:
  void divide(std::span<const Point> points, std::span<std::uint32_t> members, std::uint32_t node,
              std::uint32_t first_position, std::uint32_t room);

  std::uint32_t depth_ = 1;
  std::vector<std::uint16_t> positions_;
  std::vector<std::uint16_t> indices_;
  std::vector<std::uint8_t> divides_;
  std::vector<SplitPlane> planes_;
};

}  // namespace vqi::detail
