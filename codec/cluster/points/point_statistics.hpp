// The mean, the variances and the covariance matrix of weighted points.
#pragma once

#include <vector>

#include "cluster_detail.hpp"
#include "point_tiles.hpp"

namespace vqi::cluster::detail {

struct PointStatistics {
  std::vector<double> mean;       ///< (d)
  std::vector<double> variances;  ///< (d): sum w (x - mean)^2 / total weight
  double mean_variance = 0;       ///< the mean of `variances`
};

/// Cost: O(n d), in two passes.
[[nodiscard]] PointStatistics point_statistics(const PointTiles& points, const ThreadPool& pool);

/// (d, d) row-major: sum w (x - mean)(x - mean)^T / total weight. Cost: O(n d^2).
[[nodiscard]] std::vector<double> point_covariance(const PointTiles& points, const std::vector<double>& mean,
                                                   const ThreadPool& pool);

}  // namespace vqi::cluster::detail
