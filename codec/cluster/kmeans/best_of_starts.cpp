// The loop over starts, and how their results are compared.
#include "best_of_starts.hpp"

#include <algorithm>
#include <utility>

#include "point_kmeanspp.hpp"

namespace vqi::cluster::detail {

KmeansResult best_of_starts(const PointTiles& points, const KmeansOptions& options, Random& random, const Work& work) {
  KmeansResult best;
  PointKmeanspp seeding(points, WorkPulse(work.pool));
  // What KmeansOptions::lambda says is minimised, of the cells that the start ended with.
  const auto cost = [&](const KmeansResult& result) {
    double sum = result.objective;
    const std::vector<double> penalties = rate_penalties(result.weights, options.lambda);
    for (std::size_t k = 0; k < penalties.size(); ++k)
      if (result.weights[k] > 0) sum += result.weights[k] * points.total_weight() * penalties[k];
    return sum;
  };
  const std::uint32_t starts = std::max(1U, options.starts);
  for (std::uint32_t start = 0; start < starts; ++start) {
    seeding.clear();
    for (std::uint32_t k = 0; k < options.k; ++k) seeding.draw(random);
    KmeansResult result = point_lloyd(points,
                                      {.max_iterations = options.max_iterations,
                                       .lambda = options.lambda,
                                       .start = seeding.means(),
                                       .tolerance = options.tolerance},
                                      work);
    if (start == 0 || cost(result) < cost(best)) best = std::move(result);
    work.progress.report(static_cast<double>(start + 1) / starts);
  }
  return best;
}

}  // namespace vqi::cluster::detail
