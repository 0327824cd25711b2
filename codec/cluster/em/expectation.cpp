// The kernels sum ranges of tiles in parallel; the lanes of a range and then the ranges are added in order.
#include "expectation.hpp"

#include <utility>

namespace vqi::cluster::detail {
namespace {

/// The sum of eight lanes, by pairs: the order is the same at every SIMD width.
double sum_of_lanes(const double* lanes) {
  return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

/// Steps of WorkPulse that a tile takes: for each component the distances, the exponentials and what is summed.
std::uint64_t tile_steps(const DensityTable& table) {
  const std::size_t d = table.dimension;
  return tile_lanes * table.size() * (8 + d + matrix_numbers(table.form, d)) / 2;
}

/// The sums of one range, its lanes added.
struct RangeSums {
  std::vector<double> components;
  std::vector<double> scatter;
  double log_likelihood = 0;
};

std::vector<double> without_lanes(const std::vector<double>& lanes) {
  std::vector<double> sums(lanes.size() / tile_lanes);
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = sum_of_lanes(lanes.data() + i * tile_lanes);
  return sums;
}

void add(const std::vector<double>& part, std::vector<double>& sums) {
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += part[i];
}

}  // namespace

ComponentMoments accumulate_moments(const DensityTable& table, bool tied, const PointTiles& points, const Work& work) {
  const std::size_t d = table.dimension;
  const std::size_t component_numbers = table.size() * (1 + d);
  const std::size_t scatter_numbers = (tied ? 1 : table.size()) * matrix_numbers(table.form, d);
  const MixtureKernels kernels = mixture_kernels();
  const std::vector<TileRange> ranges = cut_tiles(points, component_numbers + scatter_numbers);
  std::vector<RangeSums> parts(ranges.size());
  work.pool.for_each(ranges.size(), [&](std::size_t r) {
    work.progress.poll();
    LaneSums lanes;
    lanes.components.assign(component_numbers * tile_lanes, 0.0);
    lanes.scatter.assign(scatter_numbers * tile_lanes, 0.0);
    lanes.tied = tied;
    WorkPulse(work.pool).in_portions(ranges[r].begin, ranges[r].end, tile_steps(table),
                                     [&](std::size_t begin, std::size_t end) {
                                       kernels.accumulate(table, points, {begin, end}, lanes);
                                     });
    parts[r] = {without_lanes(lanes.components), without_lanes(lanes.scatter),
                sum_of_lanes(lanes.log_likelihood.data())};
  });
  for (std::size_t r = 1; r < parts.size(); ++r) {
    add(parts[r].components, parts[0].components);
    add(parts[r].scatter, parts[0].scatter);
    parts[0].log_likelihood += parts[r].log_likelihood;
  }
  ComponentMoments moments;
  moments.log_likelihood = parts[0].log_likelihood;
  moments.scatter = std::move(parts[0].scatter);
  for (std::size_t k = 0; k < table.size(); ++k) {
    const double* const sums = parts[0].components.data() + k * (1 + d);
    moments.weights.push_back(sums[0]);
    for (std::size_t i = 0; i < d; ++i) moments.shifts.push_back(sums[0] > 0 ? sums[1 + i] / sums[0] : 0);
  }
  return moments;
}

Evaluation evaluate(const DensityTable& table, const PointTiles& points, const ThreadPool& pool) {
  const MixtureKernels kernels = mixture_kernels();
  const std::vector<TileRange> ranges = cut_tiles(points, 1);
  Evaluation result;
  result.components.resize(points.tile_count() * tile_lanes);
  result.log_densities.resize(points.tile_count() * tile_lanes);
  pool.for_each(ranges.size(), [&](std::size_t r) {
    WorkPulse(pool).in_portions(ranges[r].begin, ranges[r].end, tile_steps(table),
                                [&](std::size_t begin, std::size_t end) {
                                  const std::size_t at = begin * tile_lanes;
                                  kernels.evaluate(table, points, {begin, end},
                                                   {result.components.data() + at, result.log_densities.data() + at});
                                });
  });
  return result;
}

}  // namespace vqi::cluster::detail
