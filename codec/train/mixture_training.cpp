// Conversion between codewords and the means of mixtures, around EM and annealing on the samples of vectors.
#include "mixture_training.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include "annealing.hpp"
#include "effort.hpp"
#include "expectation_maximisation.hpp"
#include "gaussian_density.hpp"
#include "kmeans.hpp"
#include "sample_points.hpp"
#include "training_space.hpp"
#include "vector_set.hpp"

namespace vqi::detail {
namespace {

/// What one effort spends on mixtures.
struct MixturePlan {
  std::uint32_t em_steps = 0;  ///< most steps of EM, which converges slowly; after 30, codewords hardly move
  double cooling = 0;          ///< the factor from one eps to the next while annealing
};
constexpr std::array<MixturePlan, effort_max> mixture_plans{{
    {.em_steps = 3, .cooling = 0.5},      // effort 1
    {.em_steps = 5, .cooling = 0.6},      // 2
    {.em_steps = 10, .cooling = 0.7},     // 3
    {.em_steps = 20, .cooling = 0.75},    // 4
    {.em_steps = 30, .cooling = 0.8},     // 5
    {.em_steps = 60, .cooling = 0.85},    // 6
    {.em_steps = 120, .cooling = 0.9},    // 7
    {.em_steps = 300, .cooling = 0.93},   // 8
    {.em_steps = 1000, .cooling = 0.95},  // 9
}};

/// EM ends when a step raises the mean log likelihood by less.
constexpr double likelihood_tolerance = 1e-7;
/// Most Lloyd's steps after annealing.
constexpr std::uint32_t annealing_lloyd_steps = 300;

/// Codewords for means: rounded to multiples of 2^-F, clamped to the range of samples.
FixedCodewords codewords_of(const std::vector<double>& means, const TrainingSpace& space) {
  const std::uint32_t samples = space.dimension();
  const std::uint32_t bits = space.fixed_point().fraction_bits();
  const double unit = std::ldexp(1.0, static_cast<int>(bits));
  const double low = -unit * space.centre();
  const double high = unit * (space.centre() - 1);
  FixedCodewords codewords{space.dimension(), {}};
  codewords.scaled.resize(means.size() / samples * space.dimension());
  for (std::size_t k = 0; k < codewords.size(); ++k)
    for (std::uint32_t i = 0; i < samples; ++i)
      codewords.row(k)[i] =
          static_cast<std::int32_t>(std::clamp(std::floor(unit * means[k * samples + i] + 0.5), low, high));
  return codewords;
}

/// The means of codewords: their samples minus the centre, (k, samples) row-major.
std::vector<double> means_of(const FixedCodewords& codewords, const TrainingSpace& space) {
  const double unit = std::ldexp(1.0, -static_cast<int>(space.fixed_point().fraction_bits()));
  std::vector<double> means;
  for (std::size_t k = 0; k < codewords.size(); ++k)
    for (std::uint32_t i = 0; i < space.dimension(); ++i) means.push_back(unit * codewords.row(k)[i]);
  return means;
}

/// The vectors to anneal on: means of cubes if they are many enough. The places of vectors inside a cube do not matter,
/// as eps is far above the size of a cube until the end.
const VectorSet& annealed_set(const Dataset& dataset, std::uint32_t k) {
  if (dataset.in_morton_order())
    for (std::uint32_t side_bits = coarse_side_bits; side_bits > 0; --side_bits) {
      const VectorSet& coarse = dataset.coarse(side_bits).vectors();
      if (coarse.size() >= std::size_t{k} * coarse_vectors_per_codeword) return coarse;
    }
  return dataset.all().vectors();
}

}  // namespace

FittedMixture fit_mixture(const Dataset& dataset, const FixedCodewords& start, const EncodeOptions& options,
                          const Work& work) {
  cluster::EmOptions em;
  em.covariance = options.covariance.value_or(Covariance::tied_spherical);
  em.max_iterations = options.max_iterations.value_or(mixture_plans[options.effort - effort_min].em_steps);
  em.likelihood_tolerance = likelihood_tolerance;
  cluster::detail::check_covariance_numbers(em.covariance, dataset.space().dimension(), start.size());
  const cluster::detail::PointTiles samples = sample_points(dataset.all().vectors(), WorkPulse(work.pool));
  std::vector<std::uint16_t> indices(dataset.all().search().padded_size());
  dataset.all().search().assign(start, indices, nullptr);
  const std::vector<std::uint32_t> assignment(indices.begin(), indices.end());
  const cluster::Mixture cells =
      cluster::detail::mixture_of_cells(samples, assignment, means_of(start, dataset.space()), em, work.pool);
  cluster::EmResult found = cluster::detail::maximise_likelihood(samples, cells, em, work);
  FittedMixture fitted;
  fitted.codewords = codewords_of(found.mixture.means, dataset.space());
  fitted.iterations = found.iterations;
  fitted.converged = found.converged;
  fitted.report = {em.covariance, found.log_likelihood, found.bic, found.restarts, std::move(found.history)};
  return fitted;
}

AnnealedCodebook learn_by_annealing(const Dataset& dataset, const EncodeOptions& options, const Work& work) {
  cluster::AnnealOptions annealing;
  annealing.k = *options.k;
  annealing.cooling = mixture_plans[options.effort - effort_min].cooling;
  annealing.seed = options.seed;
  const VectorSet& set = annealed_set(dataset, *options.k);
  cluster::detail::Annealed annealed = cluster::detail::cool(sample_points(set, WorkPulse(work.pool)), annealing, work);
  AnnealedCodebook result;
  result.annealing = std::move(annealed.history);
  result.codewords = codewords_of(annealed.means, dataset.space());
  const DatasetLevel& all = dataset.all();
  std::vector<std::uint16_t> indices(all.search().padded_size());
  const std::uint32_t steps = options.max_iterations.value_or(annealing_lloyd_steps);
  result.lloyd = lloyd(all.vectors(), all.search(),
                       {.sample_count = dataset.space().dimension(), .max_iterations = steps, .tolerance = 0},
                       result.codewords, indices, work);
  return result;
}

}  // namespace vqi::detail
