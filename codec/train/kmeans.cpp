// The stages of k-means and what an effort makes of them.
//
// Split-merge on a coarse set escapes local minima at a fraction of the cost of restarts on all
// vectors: on 26 photographs it beats the best of ten converged k-means++ runs at K = 16 to 256
// (measured table in DESIGN.md).
#include "kmeans.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "kmeanspp.hpp"
#include "split_merge.hpp"

namespace vqi::detail {
namespace {

/// With so few vectors to a codeword most cells hold one or two, and little is left to be found. Each more than that
/// allows as many rounds as may fail, so that time falls off as what they find does and not at one K.
constexpr std::size_t searched_vectors_per_codeword = 8;

/// A plan with more steps than this on all vectors lists them, so that later steps need only look at what changes.
constexpr std::uint32_t cube_steps_max = 3;

/// More codewords leave so many to compare with in a cube that a list is searched as fast.
constexpr std::uint32_t cube_codewords_max = 64;

/// Where J is so many times what cubes leave out, a step on all vectors would lower it by less than 1 in 500.
constexpr int negligible_dispersion = 30;

/// Whether means over cubes of this side tell enough about K codewords. The more there are, the finer their cells are
/// made by what follows on smaller cubes, and the fewer means to a codeword do for a start.
bool is_fine_enough(const SearchGround& means, std::uint32_t side_bits, const KmeansOptions& options) {
  const auto size = static_cast<double>(means.vectors().size());
  if (side_bits == coarsest_side_bits) return size >= options.plan.coarsest_vectors * std::sqrt(options.k);
  return size >= static_cast<double>(coarse_vectors_per_codeword) * options.k;
}

FixedCodewords first_codebook(const SearchGround& ground, const KmeansOptions& options, std::uint64_t seed,
                              const Work& work) {
  if (options.seeding == Seeding::kmeanspp) return seed_kmeanspp(ground.vectors(), options.k, seed, work);
  FixedCodewords codewords = ground.seed_by_splits(options.k, work.progress);
  // Cuts may run out of different vectors on sets made coarse; the empty cells are then repaired.
  while (codewords.size() < options.k) {
    const std::size_t copied = codewords.scaled.size() - codewords.dimension;
    for (std::uint32_t i = 0; i < codewords.dimension; ++i) codewords.scaled.push_back(codewords.scaled[copied + i]);
  }
  return codewords;
}

/// Codebooks from several seeds, each after some steps; the best of them.
FixedCodewords best_start(const SearchGround& ground, const KmeansOptions& options, const Work& work) {
  const int starts = options.k <= restart_codewords_max ? options.plan.restarts : 1;
  const auto steps = static_cast<std::uint32_t>(starts > 1 ? 20 : options.plan.coarse_steps);
  std::vector<std::uint16_t> indices(ground.search().padded_size());
  std::optional<FixedCodewords> best;
  double best_distortion = std::numeric_limits<double>::max();
  for (int start = 0; start < starts; ++start) {
    KmeansOptions own = options;
    if (start > 0) own.seeding = Seeding::kmeanspp;
    FixedCodewords codewords = first_codebook(ground, own, options.seed + static_cast<std::uint64_t>(start), work);
    const LloydResult result =
        lloyd(ground.vectors(), ground.search(), {options.sample_count, steps, 0}, codewords, indices, work);
    const double distortion = result.history.empty() ? 0 : result.history.back().distortion;
    if (distortion >= best_distortion) continue;
    best_distortion = distortion;
    best = std::move(codewords);
  }
  return std::move(*best);
}

/// Rounds of search that the plan allows on this ground; none or less: no search.
int search_rounds(const SearchGround& ground, const KmeansOptions& options) {
  // Boxes leave about sqrt(K) codewords to compare with; a round is four passes over the vectors.
  const double compared = options.morton_order ? std::sqrt(options.k) : options.k;
  const double products = 4.0 * static_cast<double>(ground.vectors().size()) * compared * ground.vectors().dimension();
  const double spare = static_cast<double>(ground.vectors().size()) / options.k - searched_vectors_per_codeword;
  return static_cast<int>(std::min({static_cast<double>(options.plan.search_rounds),
                                    options.plan.search_failures * spare, options.plan.search_products / products}));
}

/// Learns a codebook on one ground: from the start where there is none yet, else onwards from `codewords`.
void search_on(const SearchGround& ground, const KmeansOptions& options, std::optional<FixedCodewords>& codewords,
               const Work& work) {
  if (!codewords) codewords = best_start(ground, options, work);
  const int rounds = search_rounds(ground, options);
  if (rounds > 0)
    split_merge(ground.vectors(), ground.rows(), ground.search(),
                {.failures_max = options.plan.search_failures, .rounds_max = rounds}, *codewords, work);
}

/// Lloyd's steps on a set finer than the one that was searched, so that few are left to do on all vectors.
LloydResult settle_on(const SearchGround& ground, const KmeansOptions& options, FixedCodewords& codewords,
                      const Work& work) {
  std::vector<std::uint16_t> indices(ground.search().padded_size());
  return lloyd(ground.vectors(), ground.search(),
               {options.sample_count, options.plan.settling_steps, options.plan.settling_tolerance}, codewords, indices,
               work);
}

/// The codebook before Lloyd's steps on all vectors: searched for on the coarsest set that has enough vectors, then on
/// finer ones as the plan has it, and settled on those between. The steps are those on the finest of these.
KmeansResult search_codebook(const SearchGrounds& grounds, const KmeansOptions& options, const Work& work) {
  std::optional<FixedCodewords> codewords;
  LloydResult settled;
  if (options.morton_order)
    for (std::uint32_t side_bits = coarsest_side_bits; side_bits > 0; --side_bits) {
      if (codewords && side_bits < options.plan.finest_side_bits) break;
      const SearchGround& coarse = grounds.coarse(side_bits);
      if (!is_fine_enough(coarse, side_bits, options)) continue;
      if (!codewords || side_bits < coarse_side_bits) search_on(coarse, options, codewords, work);
      if (side_bits <= coarse_side_bits) settled = settle_on(coarse, options, *codewords, work);
    }
  if (!codewords || options.plan.finest_side_bits == 0) search_on(grounds.all(), options, codewords, work);
  return {std::move(*codewords), std::move(settled)};
}

/// Finishes a codebook that was settled on the cubes' means: with one step on their vectors, or with none where that
/// would hardly lower J. False if the step leaves cells empty, which only a list of the vectors can repair.
bool finish_on_cubes(const SearchGrounds& grounds, const KmeansOptions& options, KmeansResult& result,
                     ProgressReporter& progress) {
  const VectorSet& means = grounds.coarse(coarse_side_bits).vectors();
  const double unit = std::ldexp(1.0, 2 * static_cast<int>(means.fixed_point().fraction_bits()));
  const double samples = unit * static_cast<double>(means.total_weight()) * options.sample_count;
  const double dispersion = static_cast<double>(grounds.dispersion_in_cubes()) / samples;
  LloydResult& lloyd = result.lloyd;
  const bool negligible =
      !lloyd.history.empty() && lloyd.history.back().distortion > negligible_dispersion * dispersion;
  for (IterationStats& settled : lloyd.history) settled.distortion += dispersion;
  lloyd.converged = false;  // on the means, if at all
  if (negligible) return true;
  CubeStep step = grounds.by_cubes()->step(result.codewords);
  if (step.empty_cells) return false;
  lloyd.converged = step.codewords.scaled == result.codewords.scaled;
  lloyd.history.push_back({static_cast<double>(step.objective) / samples, means.size(), 0});
  ++lloyd.iterations;
  result.codewords = std::move(step.codewords);
  progress.throw_if_cancelled();
  return true;
}

}  // namespace

bool finished_on_cubes(const SearchGrounds& grounds, const KmeansOptions& options) {
  return options.k <= cube_codewords_max && grounds.by_cubes() != nullptr &&
         options.plan.final_steps <= cube_steps_max && !options.every_step &&
         options.plan.finest_side_bits == coarse_side_bits &&
         is_fine_enough(grounds.coarse(coarse_side_bits), coarse_side_bits, options);
}

KmeansResult kmeans(const SearchGrounds& grounds, const KmeansOptions& options, const Work& work) {
  KmeansResult result = search_codebook(grounds, options, work);
  if (finished_on_cubes(grounds, options) && finish_on_cubes(grounds, options, result, work.progress)) return result;
  const SearchGround& all = grounds.all();
  std::vector<std::uint16_t> indices(all.search().padded_size());
  result.lloyd =
      lloyd(all.vectors(), all.search(), {options.sample_count, options.plan.final_steps, options.plan.tolerance},
            result.codewords, indices, work);
  return result;
}

}  // namespace vqi::detail
