// Mean, variances and covariance of weighted points.
#pragma once

#include <vector>

#include "cluster_detail.hpp"
#include "point_tiles.hpp"

namespace vqi::cluster::detail {

struct PointStatistics {
  std::vector<double> mean;       ///< (d)
  std::vector<double> variances;  ///< (d), divided by the total weight
  double mean_variance = 0;       ///< over the dimensions
};

[[nodiscard]] PointStatistics point_statistics(const PointTiles& points, const ThreadPool& pool);

/// (d, d) around `mean`, divided by the total weight. Cost: O(n d^2).
[[nodiscard]] std::vector<double> point_covariance(const PointTiles& points, const std::vector<double>& mean,
                                                   const ThreadPool& pool);

}  // namespace vqi::cluster::detail
