// Starts, descents and their best.
#include "clustering_start.hpp"

#include <algorithm>

#include "point_seeding.hpp"

namespace vqi::cluster::detail {

KmeansResult best_of_starts(const PointTiles& points, const KmeansOptions& options, Random& random, const Work& work) {
  KmeansResult best;
  PointSeeding seeding(points);
  // What counts is the last step's objective, which with lambda includes the rate.
  const auto cost = [](const KmeansResult& result) {
    return result.history.empty() ? result.objective : result.history.back().objective;
  };
  for (std::uint32_t start = 0; start < std::max(1U, options.starts); ++start) {
    seeding.clear();
    for (std::uint32_t k = 0; k < options.k; ++k) seeding.draw(random);
    KmeansResult result = descend(points, {options.max_iterations, options.lambda, seeding.means()}, work);
    if (start == 0 || cost(result) < cost(best)) best = std::move(result);
    work.progress.report(static_cast<double>(start + 1) / options.starts);
  }
  return best;
}

}  // namespace vqi::cluster::detail
