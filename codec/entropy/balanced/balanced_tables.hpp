// BalancedTables: what the model "balanced" derives from a codebook once, for all strips of a file.
#pragma once

#include "codeword_points.hpp"
#include "codeword_tree.hpp"
#include "level_planes.hpp"
#include "point_prediction.hpp"

namespace vqi::detail {

struct BalancedTables {
  explicit BalancedTables(const CodewordPoints& points) : tree(points.whole), prediction(points, tree), planes(tree) {}

  /// The most memory for K codewords, in bytes, reached while they are made from their points.
  [[nodiscard]] static constexpr std::uint64_t size_bytes(std::uint32_t k) noexcept {
    return CodewordPoints::size_bytes(k) + CodewordTree::size_bytes(k) + PointPrediction::size_bytes(k) +
           LevelPlanes::size_bytes(k);
  }

  CodewordTree tree;
  PointPrediction prediction;
  LevelPlanes planes;
};

}  // namespace vqi::detail
