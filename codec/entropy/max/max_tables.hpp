// MaxTables: what the model "max" derives from a codebook once, for all strips of a file.
#pragma once

#include <cstddef>

#include "codeword_density.hpp"
#include "codeword_points.hpp"
#include "codeword_tree.hpp"
#include "logistic.hpp"
#include "point_prediction.hpp"

namespace vqi::detail {

struct MaxTables {
  explicit MaxTables(const CodewordPoints& points)
      : tree(points.whole), prediction(points, tree), density(points, tree), coordinates(points.coordinates) {}

  /// The most memory for K codewords, in bytes, reached while they are made from their points.
  [[nodiscard]] static constexpr std::uint64_t size_bytes(std::uint32_t k) noexcept {
    return sizeof(MaxTables) + CodewordPoints::size_bytes(k) + CodewordTree::size_bytes(k) +
           PointPrediction::size_bytes(k) + CodewordDensity::size_bytes(1U << CodewordTree::depth_of(k));
  }

  CodewordTree tree;
  PointPrediction prediction;
  CodewordDensity density;
  LogitTable logits;
  std::size_t coordinates;  ///< of a codeword: the number in use, 1 .. 4
};

}  // namespace vqi::detail
