// The stages of training: exact codebooks, seeding, Lloyd's steps, the stored codebook.
#include "train.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

#include "grey_codebook.hpp"
#include "integer.hpp"
#include "kmeans.hpp"
#include "mixture_training.hpp"
#include "stored_codebook.hpp"

namespace vqi::detail {
namespace {

TrainedCodebook exact_codebook(const DistinctVectors& distinct) {
  TrainedCodebook result;
  result.codewords = distinct.samples();
  result.index_of.resize(distinct.size());
  std::iota(result.index_of.begin(), result.index_of.end(), std::uint16_t{0});
  result.trained_vectors = distinct.size();
  result.lloyd.converged = true;
  return result;
}

/// All that can be seen fits into K, but not every colour under transparent pixels: one codeword
/// for each point, and what is left for the most frequent of the other vectors.
TrainedCodebook visibly_exact_codebook(const DistinctVectors& distinct, const TrainingSet& set, std::uint32_t k) {
  std::vector<std::uint32_t> chosen = set.representative;
  std::vector<bool> taken(distinct.size());
  for (const std::uint32_t d : chosen) taken[d] = true;
  std::vector<std::uint32_t> others;
  for (std::uint32_t d = 0; d < distinct.size(); ++d)
    if (!taken[d]) others.push_back(d);
  std::stable_sort(others.begin(), others.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return distinct.counts()[a] > distinct.counts()[b]; });
  chosen.insert(chosen.end(), others.begin(), others.begin() + (k - static_cast<std::ptrdiff_t>(chosen.size())));

  TrainedCodebook result;
  result.codewords = SampleArray(k, distinct.samples().dimension(), distinct.samples().bit_depth());
  result.index_of.resize(distinct.size());
  for (std::size_t d = 0; d < distinct.size(); ++d) result.index_of[d] = static_cast<std::uint16_t>(set.point_of[d]);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    std::memcpy(result.codewords.row(i), distinct.samples().row(chosen[i]), result.codewords.row_bytes());
    result.index_of[chosen[i]] = static_cast<std::uint16_t>(i);
  }
  result.trained_vectors = set.points.size();
  result.lloyd.converged = true;
  return result;
}

/// 65536 values converge in far fewer steps; the bound is against the unforeseen.
constexpr std::uint32_t grey_steps_max = 3000;

/// Grey pixels: the global optimum. Up to this many values the program runs on them as they are,
/// above on as many intervals of equal width, and Lloyd's steps on all values follow.
constexpr std::size_t program_values_max = 4096;
/// The program's table has k * values entries; above this K it would take seconds.
constexpr std::uint32_t program_codewords_max = 1024;

struct GreyValues {
  std::vector<std::uint32_t> values;
  std::vector<std::uint64_t> weights;
};

/// The values of the distinct vectors in ascending order, joined to the means of intervals of 2^shift.
GreyValues grey_values(const DistinctVectors& distinct, std::uint32_t shift) {
  std::vector<std::uint32_t> order(distinct.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto value_of = [&](std::uint32_t d) { return distinct.samples().at(d, 0); };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return value_of(a) < value_of(b); });
  GreyValues grey;
  std::uint64_t sum = 0;
  std::uint32_t interval = 0;
  for (const std::uint32_t d : order) {
    const std::uint64_t weight = distinct.counts()[d];
    if (grey.values.empty() || value_of(d) >> shift != interval) {
      grey.values.push_back(0);
      grey.weights.push_back(0);
      sum = 0;
    }
    interval = value_of(d) >> shift;
    sum += weight * value_of(d);
    grey.weights.back() += weight;
    grey.values.back() = static_cast<std::uint32_t>(divide_round(sum, grey.weights.back()));
  }
  return grey;
}

/// The optimal codewords over `grey`, as starting points of training.
FixedCodewords grey_codewords(const GreyValues& grey, std::uint32_t k, const TrainingSpace& space) {
  const std::vector<std::uint32_t> bounds = optimal_intervals(grey.values, grey.weights, k);
  FixedCodewords codewords{1, {}};
  std::array<std::byte, 2> sample{};
  std::array<std::int32_t, 1> coordinate{};
  const std::uint32_t bit_depth = space.bit_depth();
  for (std::uint32_t i = 0; i < k; ++i) {
    store_sample(sample.data(), 0, bit_depth, rounded_mean(grey.values, grey.weights, bounds[i], bounds[i + 1]));
    space.to_coordinates(sample.data(), coordinate);
    codewords.scaled.push_back(coordinate[0] * (1 << space.fixed_point().fraction_bits()));
  }
  return codewords;
}

KmeansOptions kmeans_options(const BlockGrid& grid, const EncodeOptions& options, const TrainingSpace& space) {
  KmeansOptions kmeans;
  kmeans.k = options.k;
  kmeans.sample_count = space.sample_count();
  kmeans.morton_order = grid.dimension() <= morton_dimensions_max;
  kmeans.seeding = options.seeding == Seeding::automatic ? Seeding::split : options.seeding;
  kmeans.seed = options.seed;
  kmeans.plan = plan_for(options.effort);
  if (options.max_iterations && options.method != Method::em) {
    kmeans.plan.final_steps = *options.max_iterations;
    kmeans.plan.tolerance = 0;
    kmeans.every_step = true;
  }
  return kmeans;
}

/// The codebook of least distortion before rounding, by the algorithm that fits the data.
FixedCodewords learn_nearest(const TrainingGround& ground, const TrainingPoints& points, const EncodeOptions& options,
                             const Work& work, TrainedCodebook& result) {
  const DistinctVectors& distinct = ground.distinct();
  // Who asks for a seeding or for steps wants k-means, also where an optimum could be computed.
  const bool steps_asked_for = options.max_iterations && options.method != Method::em;
  const bool grey = ground.grid().dimension() == 1 && options.seeding == Seeding::automatic && !steps_asked_for;
  if (!grey || options.k > program_codewords_max) {
    result.algorithm = TrainingAlgorithm::kmeans;
    KmeansResult learned = kmeans(points.grounds(), kmeans_options(ground.grid(), options, points.space()), work);
    result.lloyd = std::move(learned.lloyd);
    return std::move(learned.codewords);
  }
  const bool whole = distinct.size() <= program_values_max;
  FixedCodewords codewords = grey_codewords(grey_values(distinct, whole ? 0 : 4), options.k, points.space());
  result.lloyd.converged = true;
  result.algorithm = TrainingAlgorithm::dynamic_program;
  if (whole) return codewords;
  result.algorithm = TrainingAlgorithm::dynamic_program_lloyd;
  const NearestSearch& search = points.grounds().all().search();
  std::vector<std::uint16_t> indices(search.padded_size());
  result.lloyd = lloyd(points.set().points, search, {1, grey_steps_max, 0}, codewords, indices, work);
  return codewords;
}

/// Codewords before rounding, by the method that is asked for.
FixedCodewords learn(const TrainingGround& ground, const TrainingPoints& points, const EncodeOptions& options,
                     const Work& work, TrainedCodebook& result) {
  if (options.method == Method::anneal) {
    AnnealedCodebook annealed = learn_by_annealing(ground, points, options, work);
    result.algorithm = TrainingAlgorithm::anneal;
    result.lloyd = std::move(annealed.lloyd);
    result.annealing = std::move(annealed.annealing);
    return std::move(annealed.codewords);
  }
  FixedCodewords codewords = learn_nearest(ground, points, options, work, result);
  if (options.method == Method::em) {
    FittedMixture fitted = fit_mixture(points, codewords, options, work);
    result.algorithm = TrainingAlgorithm::em;
    result.lloyd = {fitted.iterations, fitted.converged, {}};
    result.mixture = std::move(fitted.report);
    return std::move(fitted.codewords);
  }
  return codewords;
}

/// Stores the codebook with the index of every vector by its cube; false if a codeword would be of no use, which only a
/// list of the vectors can repair.
bool store_by_cubes(const FixedCodewords& codewords, const TrainingPoints& points, TrainedCodebook& result) {
  const std::uint32_t fraction_bits = points.space().fixed_point().fraction_bits();
  RoundedCodebook rounded = round_codebook(codewords, points.space(), fraction_bits);
  result.key_indices = points.grounds().by_cubes()->assign(rounded.fixed);
  if (!result.key_indices) return false;
  result.codewords = std::move(rounded.codewords);
  return true;
}

}  // namespace

TrainedCodebook train(const TrainingGround& ground, const EncodeOptions& options, const Work& work) {
  const DistinctVectors& distinct = ground.distinct();
  if (distinct.size() <= options.k) return exact_codebook(distinct);
  const TrainingPoints& points = ground.points(options.k);
  if (points.size() <= options.k) return visibly_exact_codebook(distinct, points.set(), options.k);

  TrainedCodebook result;
  result.trained_vectors = points.size();
  const FixedCodewords codewords = learn(ground, points, options, work, result);
  if (finished_on_cubes(points.grounds(), kmeans_options(ground.grid(), options, points.space())) &&
      store_by_cubes(codewords, points, result))
    return result;
  const TrainingSet& set = points.set();
  StoredCodebook stored = store_codebook(codewords, set, points.space(), distinct, points.grounds().all().search());
  result.codewords = std::move(stored.codewords);
  if (set.joined()) {
    result.index_of.resize(distinct.size());
    for (std::size_t d = 0; d < distinct.size(); ++d) result.index_of[d] = stored.indices[set.point_of[d]];
  } else {
    result.index_of = std::move(stored.indices);
    result.index_of.resize(distinct.size());
  }
  if (ground.grid().has_alpha())
    fill_hidden_colours(distinct, result.index_of, ground.grid().channels, result.codewords);
  return result;
}

void TrainedCodebook::map(const DistinctVectors& distinct, std::span<std::uint16_t> indices, const Work& work) const {
  if (key_indices)
    distinct.map(*key_indices, indices, work);
  else
    distinct.map(index_of, indices, work);
}

}  // namespace vqi::detail
