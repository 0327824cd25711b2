// Sums over ranges of tiles in parallel, added in order so that threads change nothing.
#include "point_statistics.hpp"

#include <algorithm>
#include <functional>

namespace vqi::cluster::detail {
namespace {

/// `count` sums over all points, divided by the total weight; `add` adds point n to the sums of its range.
std::vector<double> mean_over_ranges(
    const PointTiles& points, std::size_t count, const ThreadPool& pool,
    const std::function<void(std::size_t n, double weight, std::vector<double>& sums)>& add) {
  const std::vector<TileRange> ranges = cut_tiles(points, count);
  std::vector<std::vector<double>> parts(ranges.size());
  pool.for_each(ranges.size(), [&](std::size_t r) {
    parts[r].assign(count, 0.0);
    const std::size_t end = std::min(points.size(), ranges[r].end * tile_lanes);
    WorkPulse pulse(pool);
    for (std::size_t n = ranges[r].begin * tile_lanes; n < end; ++n) {
      pulse.add(count);
      add(n, points.weight(n), parts[r]);
    }
  });
  std::vector<double> mean(count);
  for (const std::vector<double>& part : parts)
    for (std::size_t i = 0; i < count; ++i) mean[i] += part[i];
  for (double& value : mean) value /= points.total_weight();
  return mean;
}

}  // namespace

PointStatistics point_statistics(const PointTiles& points, const ThreadPool& pool) {
  const std::uint32_t d = points.dimension();
  PointStatistics statistics;
  statistics.mean = mean_over_ranges(points, d, pool, [&](std::size_t n, double weight, std::vector<double>& sums) {
    for (std::uint32_t i = 0; i < d; ++i) sums[i] += weight * points.at(n, i);
  });
  statistics.variances =
      mean_over_ranges(points, d, pool, [&](std::size_t n, double weight, std::vector<double>& sums) {
        for (std::uint32_t i = 0; i < d; ++i) {
          const double difference = points.at(n, i) - statistics.mean[i];
          sums[i] += weight * difference * difference;
        }
      });
  for (const double variance : statistics.variances) statistics.mean_variance += variance / d;
  return statistics;
}

std::vector<double> point_covariance(const PointTiles& points, const std::vector<double>& mean,
                                     const ThreadPool& pool) {
  const std::size_t d = points.dimension();
  std::vector<double> covariance =
      mean_over_ranges(points, d * d, pool, [&](std::size_t n, double weight, std::vector<double>& sums) {
        for (std::uint32_t i = 0; i < d; ++i) {
          const double share = weight * (points.at(n, i) - mean[i]);
          for (std::uint32_t j = 0; j <= i; ++j) sums[i * d + j] += share * (points.at(n, j) - mean[j]);
        }
      });
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j < i; ++j) covariance[j * d + i] = covariance[i * d + j];
  return covariance;
}

}  // namespace vqi::cluster::detail
