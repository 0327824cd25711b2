// The loop over the steps, and the repair of empty cells.
#include "point_lloyd.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "point_statistics.hpp"

namespace vqi::cluster::detail {
namespace {

/// Moves the means of empty cells to the points with the largest w |x - mu|^2, as long as that is above 0. Returns how
/// many it moved.
std::uint32_t repair(const PointTiles& points, const HardCells& cells, std::vector<double>& means) {
  std::vector<std::size_t> empty;
  for (std::size_t k = 0; k < cells.weights.size(); ++k)
    if (!(cells.weights[k] > 0)) empty.push_back(k);
  if (empty.empty()) return 0;
  const auto cost = [&](std::size_t n) { return points.weight(n) * cells.distances_sq[n]; };
  std::vector<std::size_t> order;
  for (std::size_t n = 0; n < points.size(); ++n)
    if (cost(n) > 0) order.push_back(n);
  const std::size_t count = std::min(empty.size(), order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                    [&](std::size_t a, std::size_t b) { return cost(a) != cost(b) ? cost(a) > cost(b) : a < b; });
  for (std::size_t i = 0; i < count; ++i)
    points.read(order[i], std::span(means).subspan(empty[i] * points.dimension(), points.dimension()));
  return static_cast<std::uint32_t>(count);
}

/// Points that are in another cell than before; all `size` points in the first step, when `before` is empty.
std::uint64_t count_changes(const std::vector<std::uint32_t>& before, const std::vector<std::uint32_t>& now,
                            std::size_t size) {
  std::uint64_t changes = before.empty() ? size : 0;
  for (std::size_t n = 0; n < size && !before.empty(); ++n)
    if (before[n] != now[n]) ++changes;
  return changes;
}

/// The weight of each cell divided by the total weight.
std::vector<double> shares(const HardCells& cells, double total_weight) {
  std::vector<double> parts;
  for (const double weight : cells.weights) parts.push_back(weight / total_weight);
  return parts;
}

}  // namespace

KmeansResult point_lloyd(const PointTiles& points, const PointLloydOptions& options, const Work& work) {
  KmeansResult result;
  result.means = options.start;
  const std::size_t k_count = options.start.size() / points.dimension();
  std::vector<double> penalties =
      rate_penalties(std::vector<double>(k_count, 1.0 / static_cast<double>(k_count)), options.lambda);
  std::vector<std::uint32_t> before;
  const double settled_sq =
      options.tolerance > 0 ? options.tolerance * point_statistics(points, work.pool).mean_variance : 0;
  bool settled = false;
  for (;;) {
    HardCells cells = assign_cells(points, result.means, penalties, work);
    KmeansStep step;
    step.objective = cells.objective;
    for (std::size_t k = 0; k < k_count; ++k)
      if (cells.weights[k] > 0) step.objective += cells.weights[k] * penalties[k];
    step.changed_points = count_changes(before, cells.indices, points.size());
    result.weights = shares(cells, points.total_weight());
    result.objective = cells.objective;
    before = std::move(cells.indices);
    const std::vector<double> old_means = result.means;
    for (std::size_t i = 0; i < result.means.size(); ++i) result.means[i] += cells.shifts[i];
    if (options.lambda > 0)
      penalties = rate_penalties(result.weights, options.lambda);
    else
      step.repaired_cells = repair(points, cells, result.means);
    result.converged = settled || (step.changed_points == 0 && step.repaired_cells == 0);
    const bool last = result.converged || result.iterations == options.max_iterations;
    if (last) {
      result.means = old_means;
      break;
    }
    const double moved_sq = std::inner_product(cells.shifts.begin(), cells.shifts.end(), cells.shifts.begin(), 0.0);
    settled = options.tolerance > 0 && step.repaired_cells == 0 && moved_sq <= settled_sq;
    result.history.push_back(step);
    ++result.iterations;
    work.progress.throw_if_cancelled();
  }
  before.resize(points.size());
  result.assignment = std::move(before);
  return result;
}

}  // namespace vqi::cluster::detail
