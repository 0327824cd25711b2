// The kernels assign ranges of tiles in parallel; the sums of the ranges are added in order.
#include "hard_assignment.hpp"

#include <algorithm>

#include "mixture_kernels.hpp"
#include "portable_math.hpp"

namespace vqi::cluster::detail {
namespace {

/// The sums over the points of one range.
struct RangeCells {
  std::vector<double> weights;  ///< (k): sum w
  std::vector<double> sums;     ///< (k, d): sum w (x - mu)
  double objective = 0;         ///< sum w |x - mu|^2
};

}  // namespace

HardCells assign_cells(const PointTiles& points, std::span<const double> means, std::span<const double> penalties,
                       const Work& work) {
  const std::uint32_t d = points.dimension();
  const std::size_t k_count = penalties.size();
  DensityTable table;
  table.dimension = d;
  table.means.assign(means.begin(), means.end());
  table.constants.assign(penalties.begin(), penalties.end());
  const MixtureKernels kernels = mixture_kernels();
  const std::vector<TileRange> ranges = cut_tiles(points, k_count * (1 + d));
  std::vector<RangeCells> parts(ranges.size());
  HardCells cells;
  cells.indices.resize(points.tile_count() * tile_lanes);
  cells.distances_sq.resize(points.tile_count() * tile_lanes);
  work.pool.for_each(ranges.size(), [&](std::size_t r) {
    work.progress.poll();
    WorkPulse pulse(work.pool);
    const std::size_t first = ranges[r].begin * tile_lanes;
    pulse.in_portions(
        ranges[r].begin, ranges[r].end, tile_lanes * k_count * (d + 2) / 2, [&](std::size_t begin, std::size_t end) {
          const std::size_t at = begin * tile_lanes;
          kernels.assign(table, points, {begin, end}, {cells.indices.data() + at, cells.distances_sq.data() + at});
        });
    RangeCells& part = parts[r];
    part.weights.assign(k_count, 0.0);
    part.sums.assign(k_count * d, 0.0);
    for (std::size_t n = first; n < std::min(points.size(), ranges[r].end * tile_lanes); ++n) {
      pulse.add(std::uint64_t{2} * d);
      const std::size_t k = cells.indices[n];
      const double weight = points.weight(n);
      part.weights[k] += weight;
      part.objective += weight * cells.distances_sq[n];
      for (std::uint32_t i = 0; i < d; ++i) part.sums[k * d + i] += weight * (points.at(n, i) - means[k * d + i]);
    }
  });
  cells.weights.resize(k_count);
  cells.shifts.resize(k_count * d);
  for (const RangeCells& part : parts) {
    for (std::size_t k = 0; k < k_count; ++k) cells.weights[k] += part.weights[k];
    for (std::size_t i = 0; i < cells.shifts.size(); ++i) cells.shifts[i] += part.sums[i];
    cells.objective += part.objective;
  }
  for (std::size_t i = 0; i < cells.shifts.size(); ++i)
    cells.shifts[i] = cells.weights[i / d] > 0 ? cells.shifts[i] / cells.weights[i / d] : 0;
  return cells;
}

std::vector<double> rate_penalties(std::span<const double> weights, double lambda) {
  std::vector<double> penalties;
  for (const double weight : weights)
    penalties.push_back(lambda > 0 ? -lambda * log2_of_e * log_or_lowest(weight) : 0.0);
  return penalties;
}

}  // namespace vqi::cluster::detail
