// The loop over starts, and how their results are compared.
#include "best_of_starts.hpp"

#include <algorithm>
#include <utility>

#include "point_kmeanspp.hpp"

namespace vqi::cluster::detail {

KmeansResult best_of_starts(const PointTiles& points, const KmeansOptions& options, Random& random, const Work& work) {
  KmeansResult best;
  PointKmeanspp seeding(points, WorkPulse(work.pool));
  // The objective of the last step includes the rate, result.objective does not.
  const auto cost = [](const KmeansResult& result) {
    return result.history.empty() ? result.objective : result.history.back().objective;
  };
  const std::uint32_t starts = std::max(1U, options.starts);
  for (std::uint32_t start = 0; start < starts; ++start) {
    seeding.clear();
    for (std::uint32_t k = 0; k < options.k; ++k) seeding.draw(random);
    KmeansResult result = point_lloyd(
        points, {.max_iterations = options.max_iterations, .lambda = options.lambda, .start = seeding.means()}, work);
    if (start == 0 || cost(result) < cost(best)) best = std::move(result);
    work.progress.report(static_cast<double>(start + 1) / starts);
  }
  return best;
}

}  // namespace vqi::cluster::detail
