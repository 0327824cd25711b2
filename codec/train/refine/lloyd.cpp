// The loop of Lloyd's steps; after the first step only the sums of changed vectors are moved.
#include "lloyd.hpp"

#include <cmath>

#include "cell_sums.hpp"
#include "empty_cells.hpp"

namespace vqi::detail {
namespace {

/// Progress that the steps report: from `progress_begin`, half of the rest after `progress_half_steps`. About half of
/// the work at K = 256 is done after 40 steps.
constexpr double progress_begin = 0.3;
constexpr double progress_half_steps = 40.0;

}  // namespace

LloydResult lloyd(const VectorSet& vectors, const NearestSearch& search, const LloydOptions& options,
                  FixedCodewords& codewords, std::span<std::uint16_t> indices, const Work& work) {
  LloydResult result;
  const WorkPulse pulse(work.pool);
  CellSums sums(vectors, codewords.size(), pulse);
  std::vector<CellChange> changes;
  const double samples = static_cast<double>(vectors.total_weight()) * options.sample_count;
  const double unit = std::ldexp(1.0, 2 * static_cast<int>(vectors.fixed_point().fraction_bits()));
  bool small_step = false;
  while (result.iterations < options.max_iterations && !result.converged && !small_step) {
    const bool first = result.iterations == 0;
    search.assign(codewords, indices, first ? nullptr : &changes);
    if (first)
      sums.compute(indices, work.pool);
    else
      sums.apply(changes, indices, pulse);
    sums.move_to_means(codewords, pulse, options.fixed_codewords);
    IterationStats stats;
    stats.distortion = static_cast<double>(sums.objective(codewords, pulse)) / unit / samples;
    stats.changed_vectors = first ? vectors.size() : changes.size();
    stats.repaired_cells = repair_empty_cells(search, vectors, sums, indices, codewords, options.fixed_codewords);
    if (!first && options.tolerance > 0)
      small_step = result.history.back().distortion - stats.distortion < options.tolerance * stats.distortion;
    result.history.push_back(stats);
    ++result.iterations;
    result.converged = !first && changes.empty() && stats.repaired_cells == 0;
    work.progress.report(progress_begin + (1.0 - progress_begin) *
                                              (1.0 - progress_half_steps / (progress_half_steps + result.iterations)));
    work.progress.throw_if_cancelled();
  }
  return result;
}

}  // namespace vqi::detail
