// BalancedTables: what the model "balanced" derives from a codebook once, for all strips of a file.
#pragma once

#include "codeword_points.hpp"
#include "codeword_tree.hpp"
#include "point_prediction.hpp"

namespace vqi::detail {

struct BalancedTables {
  explicit BalancedTables(const CodewordPoints& points) : tree(points.whole), prediction(points, tree) {}
  CodewordTree tree;
  PointPrediction prediction;
};

}  // namespace vqi::detail
