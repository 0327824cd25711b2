// The reference distribution of the gap statistic: points drawn evenly from a box around the data.
#pragma once

#include <vector>

#include "cluster_detail.hpp"
#include "point_tiles.hpp"
#include "vqi/cluster.hpp"

namespace vqi::cluster::detail {

/// The smallest box around the data, along the coordinate axes or the data's principal axes (Tibshirani, Walther and
/// Hastie 2001, section 4).
class ReferenceBox {
 public:
  /// Borrows the points, of which at least one has a weight above 0. Points of weight 0 may lie outside the box.
  ReferenceBox(const PointTiles& points, GapBox box, const ThreadPool& pool);

  /// Draws a reference set: the number of points and their weights are those of the data.
  [[nodiscard]] PointTiles draw(Random& random, WorkPulse pulse = {}) const;

 private:
  const PointTiles& points_;
  std::vector<double> axes_;  ///< (d, d), one axis a row; empty: the coordinate axes
  std::vector<double> low_;   ///< (d): where the box begins along each axis
  std::vector<double> high_;  ///< (d): where it ends
};

}  // namespace vqi::cluster::detail
