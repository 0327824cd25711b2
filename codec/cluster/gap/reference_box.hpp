// The reference distribution of the gap statistic: points drawn evenly from a box around the data.
#pragma once

#include <vector>

#include "cluster_detail.hpp"
#include "point_tiles.hpp"
#include "vqi/cluster.hpp"

namespace vqi::cluster::detail {

/// A box along the coordinate axes or the data's principal axes (Tibshirani, Walther and Hastie 2001, section 4).
class ReferenceBox {
 public:
  ReferenceBox(const PointTiles& points, GapBox box, const ThreadPool& pool);

  /// As many points as the data has, with its weights.
  [[nodiscard]] PointTiles draw(Random& random) const;

 private:
  const PointTiles& points_;
  std::vector<double> axes_;  ///< (d, d), a row for each; empty for the coordinate axes
  std::vector<double> low_;   ///< (d) along the axes
  std::vector<double> high_;
};

}  // namespace vqi::cluster::detail
