// The stages of training: exact codebooks, seeding, Lloyd's steps, the stored codebook.
#include "train.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "kmeanspp.hpp"
#include "stored_codebook.hpp"
#include "training_set.hpp"
#include "training_space.hpp"

namespace vqi {
namespace {

/// From this K on, opaque and transparent pixels stay exactly that (see TrainingSpace).
constexpr std::uint32_t classes_k_min = 16;

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

}  // namespace

TrainedCodebook train(const DistinctVectors& distinct, const BlockGrid& grid, const EncodeOptions& options,
                      const ThreadPool& pool, ProgressReporter& progress) {
  if (distinct.size() <= options.k) return exact_codebook(distinct);
  const bool has_alpha = grid.channels == 2 || grid.channels == 4;
  const TrainingSpace space(grid, has_alpha && grid.single_pixels() && options.k >= classes_k_min);
  const TrainingSet set = TrainingSet::make(distinct, space);
  if (set.points.size() <= options.k) return visibly_exact_codebook(distinct, set, options.k);

  const NearestSearch search(set.points, pool);
  FixedCodewords codewords = seed_kmeanspp(set.points, options.k, options.seed, pool, progress);
  std::vector<std::uint16_t> indices(search.padded_size());
  TrainedCodebook result;
  result.trained_vectors = set.points.size();
  result.lloyd =
      lloyd(set.points, search, space.sample_count(), options.max_iterations, codewords, indices, pool, progress);
  StoredCodebook stored = store_codebook(codewords, set, space, distinct, search, pool);
  result.codewords = std::move(stored.codewords);
  result.index_of.resize(distinct.size());
  for (std::size_t d = 0; d < distinct.size(); ++d) result.index_of[d] = stored.indices[set.point_of[d]];
  if (has_alpha) fill_hidden_colours(distinct, result.index_of, grid.channels, result.codewords);
  return result;
}

}  // namespace vqi
