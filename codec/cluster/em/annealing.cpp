// The schedule of eps, the EM steps at each, and the noise that lets coinciding means part.
#include "annealing.hpp"

#include <algorithm>
#include <cmath>

#include "cluster_detail.hpp"
#include "gaussian_density.hpp"
#include "moments.hpp"
#include "point_statistics.hpp"
#include "symmetric_matrix.hpp"

namespace vqi::cluster::detail {
namespace {

/// Means that coincide stay together whatever eps is: before each eps all are moved by this part of sqrt(eps).
constexpr double noise_part = 1e-2;
/// Means that move by less of sqrt(eps) have settled.
constexpr double settled_part = 1e-3;
/// Eigenvalues above this dimension cost more than they are worth; the trace bounds the largest.
constexpr std::uint32_t eigen_dimension_max = 256;
/// At this part of the distortion per dimension responsibilities are as good as 0 and 1, and Lloyd's steps can take
/// over.
constexpr double cold_part = 0.01;
/// Whatever the distortion is, 0 on data that fits into K included.
constexpr double coldest_part = 1e-9;

/// Above this eps all means agree: the largest eigenvalue of the covariance (Rose 1998, section III).
double critical_eps(const PointTiles& points, const PointStatistics& statistics, const ThreadPool& pool) {
  const std::uint32_t d = points.dimension();
  if (d > eigen_dimension_max) return statistics.mean_variance * d;
  return symmetric_eigen(point_covariance(points, statistics.mean, pool), d).values.front();
}

void shake(double eps, Random& random, std::vector<double>& means) {
  const double reach = noise_part * std::sqrt(eps);
  for (double& value : means) value += reach * (static_cast<double>(random.next() >> 11) * 0x1p-52 - 1.0);
}

}  // namespace

AnnealStep settle(const PointTiles& points, double eps, bool learn_weights, std::uint32_t steps_max, const Work& work,
                  std::vector<double>& means, std::vector<double>& weights) {
  AnnealStep step{eps, 0, 0};
  double moved = 0;
  do {
    const Mixture mixture{Covariance::tied_spherical, points.dimension(), weights, means, {eps}};
    const Moments moments = accumulate_moments(density_table(mixture), true, points, work);
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
  const double critical = options.first_eps > 0 ? options.first_eps : 1.1 * critical_eps(points, statistics, work.pool);
  if (!(critical > 0)) return annealed;
  double eps = critical;
  for (bool cold = false; !cold; eps *= options.cooling) {
    shake(eps, random, annealed.means);
    annealed.history.push_back(
        settle(points, eps, options.keep_priors, options.steps_max, work, annealed.means, annealed.weights));
    const double next = eps * options.cooling;
    cold = options.last_eps > 0
               ? next < options.last_eps
               : next < coldest_part * critical || next < cold_part * annealed.history.back().distortion / d;
    work.progress.report(1.0 - 20.0 / (20.0 + static_cast<double>(annealed.history.size())));
    work.progress.throw_if_cancelled();
  }
  return annealed;
}

}  // namespace vqi::cluster::detail
