// The schedule of eps, EM steps at each eps, and the noise that separates means that coincide.
#include "annealing.hpp"

#include <algorithm>
#include <cmath>

#include "cluster_detail.hpp"
#include "expectation.hpp"
#include "gaussian_density.hpp"
#include "point_statistics.hpp"
#include "symmetric_matrix.hpp"
#include "uniform_number.hpp"

namespace vqi::cluster::detail {
namespace {

/// Means that coincide would stay together at every eps. So before each eps all means are moved at random, each
/// coordinate by at most this part of sqrt(eps).
constexpr double noise_part = 1e-2;
/// EM at one eps ends once no coordinate of a mean moves by more than this part of sqrt(eps).
constexpr double settled_part = 1e-3;
/// In more dimensions eigenvalues cost more than they are worth; the trace is used, which is at least the largest.
constexpr std::uint32_t eigen_dimension_max = 256;
/// Annealing ends when eps is this part of the distortion per dimension: responsibilities are as good as 0 and 1, and
/// Lloyd's steps can take over.
constexpr double cold_part = 0.01;
/// It ends in any case when eps is this part of the first eps, even if the distortion is 0, as it is for k points.
constexpr double coldest_part = 1e-9;

/// The first eps divided by the critical one: above 1, so that all means agree at first.
constexpr double first_eps_factor = 1.1;
/// The number of values of eps is not known beforehand: progress after n of them is n / (n + half_progress_eps_count).
constexpr double half_progress_eps_count = 20;

/// The largest eigenvalue of the data's covariance: above this eps all means agree (Rose 1998, section III).
double critical_eps(const PointTiles& points, const PointStatistics& statistics, const ThreadPool& pool) {
  const std::uint32_t d = points.dimension();
  if (d > eigen_dimension_max) return statistics.mean_variance * d;
  WorkPulse pulse(pool);
  return symmetric_eigen(point_covariance(points, statistics.mean, pool), d, pulse).values.front();
}

/// Moves all means at random (noise_part).
void shake(double eps, Random& random, std::vector<double>& means) {
  const double reach = noise_part * std::sqrt(eps);
  for (double& value : means) value += reach * (2 * uniform_number(random) - 1.0);
}

}  // namespace

AnnealStep settle(const PointTiles& points, double eps, bool learn_weights, std::uint32_t steps_max, const Work& work,
                  std::vector<double>& means, std::vector<double>& weights) {
  AnnealStep step{eps, 0, 0};
  double moved = 0;
  do {
    const Mixture mixture{Covariance::tied_spherical, points.dimension(), weights, means, {eps}};
    const ComponentMoments moments =
        accumulate_moments(density_table(mixture, WorkPulse(work.pool)), true, points, work);
    step.distortion = moments.scatter.front() / points.total_weight();
    moved = 0;
    for (std::size_t i = 0; i < means.size(); ++i) {
      means[i] += moments.shifts[i];
      moved = std::max(moved, std::abs(moments.shifts[i]));
    }
    if (learn_weights)
      for (std::size_t k = 0; k < weights.size(); ++k) weights[k] = moments.weights[k] / points.total_weight();
    ++step.steps;
  } while (step.steps < steps_max && moved > settled_part * std::sqrt(eps));
  return step;
}

Annealed cool(const PointTiles& points, const AnnealOptions& options, const Work& work) {
  const PointStatistics statistics = point_statistics(points, work.pool);
  const std::uint32_t d = points.dimension();
  Random random(options.seed);
  Annealed annealed;
  annealed.weights.assign(options.k, 1.0 / options.k);
  for (std::uint32_t k = 0; k < options.k; ++k)
    annealed.means.insert(annealed.means.end(), statistics.mean.begin(), statistics.mean.end());
  const double first_eps =
      options.first_eps > 0 ? options.first_eps : first_eps_factor * critical_eps(points, statistics, work.pool);
  if (!(first_eps > 0)) return annealed;
  double eps = first_eps;
  for (bool cold = false; !cold; eps *= options.cooling) {
    shake(eps, random, annealed.means);
    annealed.history.push_back(
        settle(points, eps, options.learn_weights, options.steps_max, work, annealed.means, annealed.weights));
    const double next = eps * options.cooling;
    cold = options.last_eps > 0
               ? next < options.last_eps
               : next < coldest_part * first_eps || next < cold_part * annealed.history.back().distortion / d;
    work.progress.report(1.0 - half_progress_eps_count /
                                   (half_progress_eps_count + static_cast<double>(annealed.history.size())));
    work.progress.throw_if_cancelled();
  }
  return annealed;
}

}  // namespace vqi::cluster::detail
