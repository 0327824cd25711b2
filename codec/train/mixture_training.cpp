// Training points as points of the mixture part, and means as codewords.
#include "mixture_training.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "annealing.hpp"
#include "effort.hpp"
#include "expectation_maximisation.hpp"
#include "gaussian_density.hpp"
#include "kmeans.hpp"
#include "sample_points.hpp"

namespace vqi::detail {
namespace {

/// EM's steps at the most, by effort; it converges slowly, and behind 30 steps codewords hardly move.
constexpr std::array<std::uint32_t, effort_max> em_steps{3, 5, 10, 20, 30, 60, 120, 300, 1000};
/// It ends when a step raises the mean log likelihood by less.
constexpr double likelihood_tolerance = 1e-7;

/// From one eps to the next, by effort.
constexpr std::array<double, effort_max> coolings{0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95};
constexpr std::uint32_t annealing_lloyd_steps = 300;

/// Means as codewords: multiples of 2^-F inside the range of samples, with their class.
FixedCodewords codewords_of(const std::vector<double>& means, const TrainingSpace& space) {
  const std::uint32_t samples = space.sample_count();
  const std::uint32_t bits = space.fixed_point().fraction_bits();
  const double unit = std::ldexp(1.0, static_cast<int>(bits));
  const double low = -unit * space.centre();
  const double high = unit * (space.centre() - 1);
  FixedCodewords codewords{space.dimension(), {}};
  codewords.scaled.resize(means.size() / samples * space.dimension());
  for (std::size_t k = 0; k < codewords.size(); ++k) {
    for (std::uint32_t i = 0; i < samples; ++i)
      codewords.row(k)[i] =
          static_cast<std::int32_t>(std::clamp(std::floor(unit * means[k * samples + i] + 0.5), low, high));
    space.classify(codewords.row(k), bits);
  }
  return codewords;
}

std::vector<double> means_of(const FixedCodewords& codewords, const TrainingSpace& space) {
  const double unit = std::ldexp(1.0, -static_cast<int>(space.fixed_point().fraction_bits()));
  std::vector<double> means;
  for (std::size_t k = 0; k < codewords.size(); ++k)
    for (std::uint32_t i = 0; i < space.sample_count(); ++i) means.push_back(unit * codewords.row(k)[i]);
  return means;
}

/// The set to anneal on: eps is far above a cube's size until the end, so its points' places in it do not matter.
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
  em.max_iterations = options.max_iterations.value_or(em_steps[options.effort - effort_min]);
  em.likelihood_tolerance = likelihood_tolerance;
  cluster::detail::check_covariance_numbers(em.covariance, dataset.space().sample_count(), start.size());
  const cluster::detail::PointTiles samples = sample_points(dataset.all().vectors(), dataset.space().sample_count());
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
  annealing.cooling = coolings[options.effort - effort_min];
  annealing.seed = options.seed;
  const VectorSet& set = annealed_set(dataset, *options.k);
  cluster::detail::Annealed annealed =
      cluster::detail::cool(sample_points(set, dataset.space().sample_count()), annealing, work);
  AnnealedCodebook result;
  result.annealing = std::move(annealed.history);
  result.codewords = codewords_of(annealed.means, dataset.space());
  const DatasetLevel& all = dataset.all();
  std::vector<std::uint16_t> indices(all.search().padded_size());
  const std::uint32_t steps = options.max_iterations.value_or(annealing_lloyd_steps);
  result.lloyd =
      lloyd(all.vectors(), all.search(), {dataset.space().sample_count(), steps, 0}, result.codewords, indices, work);
  return result;
}

}  // namespace vqi::detail
