// The order of training: exact codebooks if they fit, else learning by the method of the options, then storing.
#include "train.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "codebook_image.hpp"
#include "codeword_table.hpp"
#include "distinct_vectors.hpp"
#include "effort.hpp"
#include "exact_codebook.hpp"
#include "given_codewords.hpp"
#include "grey_training.hpp"
#include "integer.hpp"
#include "kmeans.hpp"
#include "mixture_training.hpp"
#include "small_regions.hpp"
#include "stored_codebook.hpp"
#include "training_space.hpp"
#include "vector_set.hpp"

namespace vqi::detail {
namespace {

/// The result for a codebook that needs no training.
TrainedCodebook untrained(IndexedCodebook exact, std::size_t vectors) {
  TrainedCodebook result;
  result.codewords = std::move(exact.codewords);
  result.index_of = std::move(exact.index_of);
  result.trained_vectors = vectors;
  result.lloyd.converged = true;
  return result;
}

/// The result for codewords that all come from the caller.
TrainedCodebook given(SampleArray codewords, const Dataset& dataset) {
  TrainedCodebook result = untrained(use_given(std::move(codewords), dataset), dataset.size());
  result.algorithm = TrainingAlgorithm::given;
  return result;
}

/// The Lloyd's steps that the caller asks for, if any. For em, max_iterations bounds the steps of EM instead.
std::optional<std::uint32_t> lloyd_steps_asked_for(const EncodeOptions& options) {
  return options.method == Method::em ? std::nullopt : options.max_iterations;
}

/// The plan of the effort, with the seeding and steps that the caller asks for, around the colours that are fixed.
KmeansSettings kmeans_settings(const Dataset& dataset, const EncodeOptions& options, const SampleArray& fixed) {
  KmeansSettings settings;
  settings.k = *options.k;
  settings.fixed = coordinates_of(fixed, dataset.space());
  settings.seeding = options.seeding == Seeding::automatic ? Seeding::split : options.seeding;
  settings.seed = options.seed;
  settings.plan = plan_for(options.effort, std::uint64_t{dataset.size()} * dataset.space().dimension());
  if (const std::optional<std::uint32_t> steps = lloyd_steps_asked_for(options)) {
    settings.plan.final_steps = *steps;
    settings.plan.final_tolerance = 0;
    settings.every_step = true;
  }
  return settings;
}

/// True where the optimum is computed. A caller that asks for a seeding or for steps gets k-means all the same.
bool is_grey_optimum(const Dataset& dataset, const EncodeOptions& options, const SampleArray& fixed) {
  const bool grey =
      dataset.grid().dimension() == 1 && options.seeding == Seeding::automatic && !lloyd_steps_asked_for(options);
  const bool of_values = !dataset.space().is_oklab() && fixed.bytes().empty();
  return grey && of_values && *options.k <= grey_codewords_max;
}

/// Codewords of least distortion, before rounding, by the algorithm that fits the data. Describes it in `result`.
FixedCodewords learn_nearest(const Dataset& dataset, const EncodeOptions& options, const SampleArray& fixed,
                             const Work& work, TrainedCodebook& result) {
  if (is_grey_optimum(dataset, options, fixed)) {
    GreyCodebook learned = learn_grey(dataset, *options.k, work);
    result.algorithm = learned.algorithm;
    result.lloyd = std::move(learned.lloyd);
    return std::move(learned.codewords);
  }
  const KmeansSettings settings = kmeans_settings(dataset, options, fixed);
  LearnedCodebook learned = learn_by_kmeans(dataset, settings, work);
  result.algorithm = TrainingAlgorithm::kmeans;
  result.seeding = settings.seeding;
  result.lloyd = std::move(learned.lloyd);
  return std::move(learned.codewords);
}

/// Codewords, before rounding, by the method of the options. Describes it in `result`.
FixedCodewords learn(const Dataset& dataset, const EncodeOptions& options, const SampleArray& fixed, const Work& work,
                     TrainedCodebook& result) {
  if (options.method == Method::anneal) {
    AnnealedCodebook annealed = learn_by_annealing(dataset, options, work);
    result.algorithm = TrainingAlgorithm::anneal;
    result.lloyd = std::move(annealed.lloyd);
    result.annealing = std::move(annealed.annealing);
    return std::move(annealed.codewords);
  }
  FixedCodewords codewords = learn_nearest(dataset, options, fixed, work, result);
  if (options.method == Method::em) {
    FittedMixture fitted = fit_mixture(dataset, codewords, options, work);
    result.algorithm = TrainingAlgorithm::em;
    result.lloyd = {fitted.iterations, fitted.converged, {}};
    result.mixture = std::move(fitted.report);
    return std::move(fitted.codewords);
  }
  return codewords;
}

/// True if weights are as uneven as if fewer than 16 vectors had all of it: with the whole weight W and the weights w
/// of vectors, W^2 / sum of w^2 is 2 to 9 on screens and icons, and 55 or more on photographs.
bool is_uneven(const VectorSet& vectors) {
  constexpr double as_few_vectors = 16;
  double squares = 0;
  for (const std::uint32_t weight : vectors.weights()) squares += double{1} * weight * weight;
  const auto total = static_cast<double>(vectors.total_weight());
  return total * total < as_few_vectors * squares;
}

/// How hard to lower what rounding and pinned alpha cost. Other methods than k-means keep their own codewords, and
/// grey codebooks are the best of those that can be stored.
StoringPlan storing_plan(const Dataset& dataset, const EncodeOptions& options, const SampleArray& fixed) {
  const bool is_mixture = options.method == Method::anneal || options.method == Method::em;
  if (is_mixture || is_grey_optimum(dataset, options, fixed) || lloyd_steps_asked_for(options)) return {};
  const double k = *options.k;
  return storing_plan_for(options.effort, {.vectors = dataset.size(),
                                           .dimension = dataset.space().dimension(),
                                           .k = *options.k,
                                           .has_alpha = dataset.space().premultiplied(),
                                           .is_uneven = is_uneven(dataset.all().vectors()),
                                           .compared = dataset.in_morton_order() ? std::sqrt(k) : k});
}

/// Learns from codewords that are drawn at random, by k-means.
StoredCodebook learn_another(const Dataset& dataset, const EncodeOptions& options, const SampleArray& fixed,
                             std::size_t start, const StoringPlan& plan, const Work& work) {
  EncodeOptions own = options;
  own.seeding = Seeding::kmeanspp;
  own.seed = options.seed + start;
  TrainedCodebook unused;
  return store_codebook(learn_nearest(dataset, own, fixed, work, unused), dataset, plan, work, fixed);
}

/// Learns and stores a codebook, where the plan says so from several starts at once, of which the best is kept.
/// Describes the first in `result`.
StoredCodebook learn_stored(const Dataset& dataset, const EncodeOptions& options, const SampleArray& fixed,
                            const Work& work, TrainedCodebook& result) {
  const StoringPlan plan = storing_plan(dataset, options, fixed);
  const std::size_t starts = options.seeding == Seeding::automatic ? static_cast<std::size_t>(plan.starts) : 1;
  std::vector<StoredCodebook> stored(starts);
  work.pool.for_each(starts, [&](std::size_t start) {
    stored[start] = start == 0
                        ? store_codebook(learn(dataset, options, fixed, work, result), dataset, plan, work, fixed)
                        : learn_another(dataset, options, fixed, start, plan, work);
  });
  return std::move(
      *std::min_element(stored.begin(), stored.end(),
                        [](const StoredCodebook& a, const StoredCodebook& b) { return a.objective < b.objective; }));
}

/// `fixed`, and after them codewords for the small regions that learning would lose: at most a quarter of all.
SampleArray with_small_regions(const SampleArray& fixed, const Dataset& dataset, const EncodeOptions& options,
                               const Work& work) {
  TrainedCodebook unused;
  const FixedCodewords plain = learn(dataset, options, fixed, work, unused);
  const std::size_t free = *options.k - fixed.rows();
  constexpr std::size_t part = 4;
  const SampleArray small = small_region_codewords(dataset, plain, std::min(divide_up(free, part), free - 1));
  return joined_rows(fixed, small);
}

}  // namespace

TrainedCodebook train(const Dataset& dataset, const EncodeOptions& options, const Work& work) {
  const VectorCounts& distinct = dataset.distinct();
  SampleArray fixed = codewords_of_colours(options.fixed, dataset.grid());
  if (options.codebook) return given(codewords_of(*options.codebook), dataset);
  if (!options.fixed.empty()) {
    if (std::optional<IndexedCodebook> exact = exact_around(fixed, dataset, *options.k))
      return untrained(std::move(*exact), dataset.size());
    if (fixed.rows() == *options.k) return given(fixed, dataset);
  } else if (distinct.size() <= *options.k) {
    return untrained(exact_codebook(distinct), distinct.size());
  } else if (dataset.size() <= *options.k) {
    return untrained(visibly_exact_codebook(dataset, *options.k), dataset.size());
  }

  TrainedCodebook result;
  result.trained_vectors = dataset.size();
  if (options.keep_small) fixed = with_small_regions(fixed, dataset, options, work);
  StoredCodebook stored = learn_stored(dataset, options, fixed, work, result);
  result.codewords = std::move(stored.codewords);
  result.index_of = dataset.indices_of_distinct(std::move(stored.indices));
  if (dataset.grid().has_alpha())
    fill_hidden_colours(distinct, result.index_of, dataset.grid().channels, result.codewords, WorkPulse(work.pool),
                        fixed.rows());
  return result;
}

}  // namespace vqi::detail
