// The stages of k-means: how the plan of an effort runs on the levels of a dataset.
//
// Split-merge on a coarse level escapes local minima at a fraction of the cost of restarts on all vectors: on 26
// photographs it beats the best of ten converged k-means++ runs at K = 16 to 256 (table in BENCHMARKS.md).
#include "kmeans.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "integer.hpp"
#include "kmeanspp.hpp"
#include "split_merge.hpp"
#include "vector_set.hpp"

namespace vqi::detail {
namespace {

/// Split-merge rounds are capped at search_failures * (vectors / K - 8): at 8 vectors per codeword nothing is left to
/// find, and a linear cap leaves no cliff at any K.
constexpr std::size_t searched_vectors_per_codeword = 8;

/// With more codewords, whose cells hold few means, cubes blur a codebook at a larger distortion already.
constexpr std::uint32_t many_codewords = 512;
constexpr double blurred_factor_of_many = 4;

/// Lloyd's steps after each start, if there are several.
constexpr int restart_steps = 20;

/// Conditions under which finish_early takes one step on all vectors, or none. On 26 photographs this raises J by at
/// most 0.2 %.
struct ShortFinish {
  std::size_t vector_bytes = 3;       ///< 8-bit RGB: a cube of 4 code values a side holds at most 64 colours
  std::uint32_t codewords_max = 64;   ///< with more, cells are not much larger than a cube
  std::uint32_t final_steps_max = 3;  ///< plans with more steps belong to high efforts, which take all of them
  double negligible_ratio = 30;       ///< J over the dispersion inside cubes; above, a step lowers J by less than 1/500
};
constexpr ShortFinish short_finish;

/// True if the means of these cubes are enough to search for K codewords. The largest cubes need fewer means per
/// codeword the larger K is, since steps on smaller cubes follow.
bool is_fine_enough(std::size_t means, std::uint32_t side_bits, const KmeansSettings& settings) {
  const auto count = static_cast<double>(means);
  if (side_bits == coarsest_side_bits) return count >= settings.plan.coarsest_vectors * std::sqrt(settings.k);
  return count >= static_cast<double>(coarse_vectors_per_codeword) * settings.k;
}

/// The distortion of all vectors, per sample, exceeds that of the means of cubes by this as long as cells consist of
/// whole cubes.
double dispersion_inside_cubes(const Dataset& dataset, const VectorSet& means) {
  const VectorSet& all = dataset.all().vectors();
  const double unit = std::ldexp(1.0, 2 * static_cast<int>(means.fixed_point().fraction_bits()));
  const double samples = unit * static_cast<double>(means.total_weight()) * dataset.space().dimension();
  return static_cast<double>(static_cast<int128>(all.norm() - means.norm())) / samples;
}

/// The stages of one search for a codebook, each on a level of the dataset.
class CodebookSearch {
 public:
  CodebookSearch(const Dataset& dataset, const KmeansSettings& settings, const Work& work)
      : dataset_(dataset), settings_(settings), work_(work) {}

  /// The codebook before Lloyd's steps on all vectors: searched for on the coarsest level that has enough vectors,
  /// settled by Lloyd's steps on finer levels, and searched for again on the levels that the plan names. `lloyd`
  /// describes the steps on the finest level.
  LearnedCodebook run() {
    LloydResult settled;
    if (dataset_.in_morton_order())
      for (std::uint32_t side_bits = coarsest_side_bits; side_bits > 0; --side_bits) {
        if (codewords_ && side_bits < settings_.plan.finest_side_bits && !blurred_) break;
        const DatasetLevel& coarse = dataset_.coarse(side_bits);
        if (!is_fine_enough(coarse.vectors().size(), side_bits, settings_)) continue;
        if (!codewords_ || side_bits < coarse_side_bits || blurred_) search(coarse);
        settled = settle(coarse, side_bits <= coarse_side_bits ? settings_.plan.settling_steps : 1);
        blurred_ = is_blurred(settled.history.back().distortion, coarse);
        finest_searched_ = side_bits;
      }
    if (!codewords_ || settings_.plan.finest_side_bits == 0 || blurred_) {
      search(dataset_.all());
      finest_searched_ = 0;
    }
    return {std::move(*codewords_), std::move(settled)};
  }

  /// log2 of the cube side of the finest level that was searched or settled on; 0: all vectors.
  [[nodiscard]] std::uint32_t finest_side_bits() const noexcept { return finest_searched_; }

 private:
  /// True if cells are hardly larger than the cubes of this level, on which the codebook's distortion is `distortion`.
  [[nodiscard]] bool is_blurred(double distortion, const DatasetLevel& level) const {
    const double ratio = settings_.plan.blurred_ratio * (settings_.k > many_codewords ? blurred_factor_of_many : 1);
    return distortion < ratio * dispersion_inside_cubes(dataset_, level.vectors());
  }

  /// The fixed codewords, then seeds of all others.
  [[nodiscard]] FixedCodewords first_codebook(const DatasetLevel& level, Seeding seeding, std::uint64_t seed) const {
    const auto fixed = static_cast<std::uint32_t>(settings_.fixed.size());
    FixedCodewords codewords = seeds(level, settings_.k - fixed, seeding, seed);
    codewords.scaled.insert(codewords.scaled.begin(), settings_.fixed.scaled.begin(), settings_.fixed.scaled.end());
    return codewords;
  }

  [[nodiscard]] FixedCodewords seeds(const DatasetLevel& level, std::uint32_t k, Seeding seeding,
                                     std::uint64_t seed) const {
    if (seeding == Seeding::kmeanspp) return seed_kmeanspp(level.vectors(), k, seed, work_);
    FixedCodewords codewords = level.seed_by_splits(k, work_.progress);
    // A coarse level may have fewer different vectors than codewords. Then copies fill up the codebook, and Lloyd's
    // steps repair their empty cells.
    while (codewords.size() < k) {
      const std::size_t copied = codewords.scaled.size() - codewords.dimension;
      for (std::uint32_t i = 0; i < codewords.dimension; ++i) codewords.scaled.push_back(codewords.scaled[copied + i]);
    }
    return codewords;
  }

  /// A codebook, and its distortion on a level.
  struct Start {
    FixedCodewords codewords;
    double distortion = 0;
  };

  /// Makes starts 0 .. count - 1 at once. The one with the least distortion, of equal ones the first.
  [[nodiscard]] FixedCodewords best_of(int count, const std::function<Start(int)>& make) const {
    std::vector<Start> starts(static_cast<std::size_t>(count));
    work_.pool.for_each(starts.size(), [&](std::size_t i) { starts[i] = make(static_cast<int>(i)); });
    const auto less = [](const Start& a, const Start& b) { return a.distortion < b.distortion; };
    return std::move(std::min_element(starts.begin(), starts.end(), less)->codewords);
  }

  /// The first codebook of a start, after some Lloyd's steps.
  [[nodiscard]] Start make_start(const DatasetLevel& level, int start, int steps) const {
    FixedCodewords codewords = first_codebook(level, start == 0 ? settings_.seeding : Seeding::kmeanspp,
                                              settings_.seed + static_cast<std::uint64_t>(start));
    const LloydResult result = take_steps(level, static_cast<std::uint32_t>(steps), 0, codewords);
    return {std::move(codewords), result.history.empty() ? 0 : result.history.back().distortion};
  }

  /// The rounds of split-merge that the plan allows on this level; 0 or less: no search.
  [[nodiscard]] int search_rounds(const DatasetLevel& level) const {
    // With boxes a vector is compared with about sqrt(K) codewords. A round is four passes over the vectors.
    const auto size = static_cast<double>(level.vectors().size());
    const double compared = dataset_.in_morton_order() ? std::sqrt(settings_.k) : settings_.k;
    const double products = 4.0 * size * compared * level.vectors().dimension();
    const double spare = size / settings_.k - searched_vectors_per_codeword;
    double rounds = std::min<double>(settings_.plan.search_rounds, settings_.plan.search_products / products);
    if (!settings_.plan.search_all_k) rounds = std::min(rounds, settings_.plan.search_failures * spare);
    return static_cast<int>(rounds);
  }

  /// Searches on one level, from the codebook so far or, if there is none, from first codebooks.
  void search(const DatasetLevel& level) {
    if (codewords_) return split_and_merge(level, *codewords_, true);
    const EffortPlan& plan = settings_.plan;
    if (settings_.k <= restart_codewords_max && plan.restarts > 1) {
      codewords_ = best_of(plan.restarts, [&](int start) { return make_start(level, start, restart_steps); });
      return split_and_merge(level, *codewords_, true);
    }
    const bool is_few = settings_.k > restart_codewords_max && settings_.k <= searched_starts_codewords_max;
    const int starts = is_few && dataset_.in_morton_order() ? plan.searched_starts : 1;
    codewords_ = best_of(starts, [&](int start) {
      FixedCodewords codewords = make_start(level, start, plan.coarse_steps).codewords;
      split_and_merge(level, codewords, start == 0);
      const double distortion = starts > 1 ? distortion_after_steps(level, codewords) : 0;
      return Start{std::move(codewords), distortion};
    });
  }

  void split_and_merge(const DatasetLevel& level, FixedCodewords& codewords, bool reports_progress) const {
    const int rounds = search_rounds(level);
    if (rounds > 0)
      split_merge(level.vectors(), level.rows(), level.search(),
                  {.failures_max = settings_.plan.search_failures,
                   .rounds_max = rounds,
                   .fixed_codewords = settings_.fixed.size(),
                   .reports_progress = reports_progress},
                  codewords, work_);
  }

  /// Two of Lloyd's steps, and the distortion before the second.
  double distortion_after_steps(const DatasetLevel& level, FixedCodewords& codewords) const {
    return take_steps(level, 2, 0, codewords).history.back().distortion;
  }

  /// Takes Lloyd's steps on a level, so that few are needed on all vectors.
  LloydResult settle(const DatasetLevel& level, std::uint32_t steps) {
    return take_steps(level, steps, settings_.plan.settling_tolerance, *codewords_);
  }

  LloydResult take_steps(const DatasetLevel& level, std::uint32_t steps, double tolerance,
                         FixedCodewords& codewords) const {
    std::vector<std::uint16_t> indices(level.search().padded_size());
    return lloyd(level.vectors(), level.search(),
                 {.sample_count = dataset_.space().dimension(),
                  .max_iterations = steps,
                  .tolerance = tolerance,
                  .fixed_codewords = settings_.fixed.size()},
                 codewords, indices, work_);
  }

  const Dataset& dataset_;
  const KmeansSettings& settings_;
  const Work work_;
  std::optional<FixedCodewords> codewords_;
  bool blurred_ = false;  // the level that was searched last was too coarse for the codebook found
  std::uint32_t finest_searched_ = 0;
};

/// True if Lloyd's steps on all vectors hardly change a codebook that was settled on the means of cubes.
bool may_finish_early(const Dataset& dataset, const KmeansSettings& settings) {
  return dataset.grid().vector_bytes() == short_finish.vector_bytes && settings.fixed.size() == 0 &&
         settings.k <= short_finish.codewords_max && settings.plan.final_steps <= short_finish.final_steps_max &&
         !settings.every_step && settings.plan.finest_side_bits == coarse_side_bits &&
         is_fine_enough(dataset.coarse(coarse_side_bits).vectors().size(), coarse_side_bits, settings);
}

/// Finishes a codebook that was settled on the means of cubes: with one step on all vectors, or with none if a step
/// would hardly lower J. False if the step leaves cells empty, so that more steps are needed; then the codebook is
/// unchanged.
bool finish_early(const Dataset& dataset, LearnedCodebook& learned, const Work& work) {
  const VectorSet& all = dataset.all().vectors();
  const VectorSet& means = dataset.coarse(coarse_side_bits).vectors();
  const std::uint32_t sample_count = dataset.space().dimension();
  const double dispersion = dispersion_inside_cubes(dataset, means);
  LloydResult& settled = learned.lloyd;
  const bool negligible =
      !settled.history.empty() && settled.history.back().distortion > short_finish.negligible_ratio * dispersion;
  for (IterationStats& step : settled.history) step.distortion += dispersion;
  settled.converged = false;  // it can only have converged on the means
  if (negligible) return true;
  FixedCodewords moved = learned.codewords;
  std::vector<std::uint16_t> indices(dataset.all().search().padded_size());
  const LloydResult step =
      lloyd(all, dataset.all().search(), {.sample_count = sample_count, .max_iterations = 1, .tolerance = 0}, moved,
            indices, work);
  if (step.history.back().repaired_cells > 0) return false;
  settled.converged = moved.scaled == learned.codewords.scaled;
  settled.history.push_back(step.history.back());
  ++settled.iterations;
  learned.codewords = std::move(moved);
  return true;
}

}  // namespace

LearnedCodebook learn_by_kmeans(const Dataset& dataset, const KmeansSettings& settings, const Work& work) {
  CodebookSearch search(dataset, settings, work);
  LearnedCodebook learned = search.run();
  if (search.finest_side_bits() == coarse_side_bits && may_finish_early(dataset, settings) &&
      finish_early(dataset, learned, work))
    return learned;
  const DatasetLevel& all = dataset.all();
  std::vector<std::uint16_t> indices(all.search().padded_size());
  learned.lloyd = lloyd(all.vectors(), all.search(),
                        {.sample_count = dataset.space().dimension(),
                         .max_iterations = settings.plan.final_steps,
                         .tolerance = settings.plan.final_tolerance,
                         .fixed_codewords = settings.fixed.size()},
                        learned.codewords, indices, work);
  return learned;
}

}  // namespace vqi::detail
